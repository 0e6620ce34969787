package pushlab.bench.watch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Network;

/// How long the watch waits for what may never happen. Over a network that is shaped it also waits
/// for the round trips, for the rate, and for packets that are lost and sent again.
///
/// @param oneConnection until a connection is open
/// @param allConnections until every subscriber has the current snapshot
/// @param lastDelivery until every subscriber has the last update
/// @param farewell until the server has closed every connection
record Patience(
    Duration oneConnection, Duration allConnections, Duration lastDelivery, Duration farewell) {

  private static final Patience LOOPBACK =
      new Patience(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofSeconds(2));

  /// How many subscribers connect at the same time.
  static final int CONNECTING_AT_ONCE = 100;

  /// The time before the first packet of a connection is sent again, which doubles each time (RFC
  /// 6298, section 2.1).
  private static final double FIRST_TIMEOUT_SECONDS = 1;

  /// What Linux waits beside a round trip before it sends a packet again (`TCP_RTO_MIN`).
  private static final double SHORTEST_TIMEOUT_SECONDS = 0.2;

  /// One of so many runs may lose more packets of one connection, one after the other, than are
  /// waited for.
  private static final double RARE = 1000;

  /// How often Linux sends the first packet of a connection again (`tcp_syn_retries`).
  private static final int SENT_AGAIN = 6;

  /// A connection, and a request with its answer.
  private static final int ROUND_TRIPS_TO_CONNECT = 2;

  /// A request, an answer and the packets of TCP around them, in bits.
  private static final double BITS_TO_CONNECT = 8 * 1500;

  /// For `workload` over `network`; null for a network that is not shaped.
  static Patience of(@Nullable Network network, WatchLoad workload) {
    if (network == null || network.isLoopback()) {
      return LOOPBACK;
    }
    double roundTrip = (network.roundTripMillis() + 4 * network.jitterMillis()) / 1000;
    double everybody =
        network.megabitsPerSecond() == null
            ? 0
            : workload.clients() * BITS_TO_CONNECT / (network.megabitsPerSecond() * 1e6);
    int turns = (workload.clients() - 1) / CONNECTING_AT_ONCE + 1;
    double doubled = Math.pow(2, lostInARow(network.loss(), workload.clients())) - 1;
    double connectAgain = doubled * FIRST_TIMEOUT_SECONDS;
    double sendAgain = doubled * (roundTrip + SHORTEST_TIMEOUT_SECONDS);
    return LOOPBACK.plus(
        roundTrip + connectAgain,
        turns * ROUND_TRIPS_TO_CONNECT * roundTrip + everybody + connectAgain + sendAgain,
        ROUND_TRIPS_TO_CONNECT * roundTrip + everybody + sendAgain);
  }

  private Patience plus(double oneConnection, double allConnections, double exchange) {
    return new Patience(
        this.oneConnection.plus(seconds(oneConnection)),
        this.allConnections.plus(seconds(allConnections)),
        lastDelivery.plus(seconds(exchange)),
        farewell.plus(seconds(exchange)));
  }

  /// How many times in a row the unluckiest of so many clients loses a packet or its answer.
  private static int lostInARow(double loss, int clients) {
    if (loss <= 0) {
      return 0;
    }
    double eitherWay = 1 - (1 - loss) * (1 - loss);
    return (int) Math.min(SENT_AGAIN, Math.ceil(Math.log(RARE * clients) / -Math.log(eitherWay)));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(1000 * seconds));
  }
}
