package pushlab.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import pushlab.report.result.Network;
import pushlab.report.result.Transport;

class PatienceTest {

  private static final Network FAR = new Network("far", 600, 0, 0, null);
  private static final Network LOSSY = new Network("lossy", 80, 0, 0.01, null);

  @Test
  void overLoopbackItDoesNotDependOnTheLoad() {
    assertThat(Patience.of(null, load(5000)))
        .isEqualTo(Patience.of(Network.LOOPBACK, load(1)))
        .isEqualTo(
            new Patience(
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2)));
  }

  @Test
  void distanceAddsTheRoundTripsOfEachHundredThatConnect() {
    Patience patience = Patience.of(FAR, load(1000));

    assertThat(patience.oneConnection()).isEqualTo(Duration.ofMillis(10_600));
    assertThat(patience.allConnections()).isEqualTo(Duration.ofSeconds(30 + 12));
    assertThat(patience.lastDelivery()).isEqualTo(Duration.ofMillis(6200));
    assertThat(patience.farewell()).isEqualTo(Duration.ofMillis(3200));
  }

  /// Of 1000 clients that lose 2 % of their round trips, one loses four in a row in 6 of 1000 runs.
  @Test
  void lossAddsTheTimeInWhichTheFirstPacketIsSentAgainAndAgain() {
    assertThat(Patience.of(LOSSY, load(1000)).oneConnection())
        .isEqualTo(Duration.ofMillis(10_000 + 80 + 15_000));
  }

  @Test
  void evenIfMostIsLostItIsNoLongerThanTheKernelTries() {
    assertThat(Patience.of(new Network("bad", 80, 0, 0.9, null), load(1000)).oneConnection())
        .isLessThan(Duration.ofSeconds(80));
  }

  @Test
  void aLowRateAddsTheTimeThatAllAnswersTakeOneAfterTheOther() {
    assertThat(Patience.of(new Network("slow", 0, 0, 0, 1.0), load(1000)).allConnections())
        .isEqualTo(Duration.ofSeconds(30 + 12));
  }

  private static WatchLoad load(int clients) {
    return new WatchLoad(
        Transport.LONG_POLLING, clients, 1, Duration.ofSeconds(1), Duration.ofSeconds(1));
  }
}
