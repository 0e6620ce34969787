package pushlab.bench.herd;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Network;
import pushlab.report.result.Transport;
import pushlab.report.result.herd.HerdEvent;
import pushlab.report.result.herd.HerdSettings;

/// What one trial is about.
///
/// @param network between the clients and the server; null for loopback
/// @param window how long a client waits at most before its first attempt to come back; zero where
///     the event ends no connections
/// @param obeys whether clients wait as long as the server says, where it says so
/// @param hold how long the server holds a poll
/// @param holdSpread by which share of itself a hold may end earlier
/// @param accepts how many connections the server accepts a second; null for no limit
/// @param number counts the repeats, from 1
public record Case(
    Transport transport,
    HerdEvent event,
    @Nullable Network network,
    int clients,
    Duration window,
    boolean obeys,
    Duration hold,
    double holdSpread,
    @Nullable Integer accepts,
    int number) {

  /// The longest time that the server tells an event source to wait, in `retry:`.
  private static final double LONGEST_RETRY_SECONDS = 5;

  /// For how long a network is cut. A TCP connection survives it.
  static final Duration CUT = Duration.ofSeconds(10);

  /// What TCP waits at most for after the end of a cut: it sends again after twice the time each
  /// time.
  private static final double AFTER_CUT_SECONDS = 10;

  /// How many clients connect at the same time at first, so that they are no herd yet.
  static final int AT_A_TIME = 100;

  /// How many round trips a client takes to connect and to get its first snapshot, the handshake
  /// of a WebSocket included.
  private static final int ROUND_TRIPS = 3;

  /// How many bits pass for each client until it has its first snapshot, roughly: headers too.
  private static final double BITS = 8 * 1500;

  /// Whether it is about the end of all holds.
  public boolean endsHolds() {
    return event == HerdEvent.HOLD_END;
  }

  /// The name of its file.
  String id() {
    var id = new StringBuilder();
    id.append(event.id()).append('-').append(transport.id()).append('-').append(clients);
    if (event.endsConnections()) {
      id.append(obeys ? "-said" : "-window-%dms".formatted(window.toMillis()));
    }
    if (endsHolds()) {
      id.append("-spread-%.4f".formatted(holdSpread));
    }
    if (network != null) {
      id.append('-').append(network.name());
    }
    if (accepts != null) {
      id.append("-accepts-").append(accepts);
    }
    return id.append('-').append(number).toString();
  }

  HerdSettings settings() {
    boolean held = transport == Transport.LONG_POLLING;
    return new HerdSettings(
        held ? seconds(hold) : null,
        held ? holdSpread : null,
        seconds(window),
        obeys ? LONGEST_RETRY_SECONDS : null,
        accepts);
  }

  /// How long it takes, roughly.
  public double expectedSeconds() {
    double start =
        3
            + clients / 1000.0
            + (accepts == null ? 0 : 2.0 * clients / accepts)
            + networkTime().toMillis() / 1000.0;
    return start
        + switch (event) {
          case UPDATE -> 1;
          case HOLD_END -> seconds(hold);
          case RESTART, KILL -> 2 + (obeys ? LONGEST_RETRY_SECONDS : 1.3 * seconds(window));
          case CUT -> seconds(CUT) + AFTER_CUT_SECONDS / 2;
        };
  }

  /// What the network adds, roughly, until all clients are connected and up to date.
  Duration networkTime() {
    if (network == null) {
      return Duration.ZERO;
    }
    double turns = 1 + Math.ceil((double) clients / AT_A_TIME);
    double distance = turns * ROUND_TRIPS * network.roundTripMillis();
    Double rate = network.megabitsPerSecond();
    double queue = rate == null ? 0 : clients * BITS / (rate * 1000);
    return Duration.ofMillis(Math.round(distance + queue));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
