package pushlab.bench.herd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.report.result.Transport;
import pushlab.report.result.herd.HerdEvent;
import pushlab.report.result.herd.HerdTrial;

/// Herds of a server whose behaviour is known. A busy machine makes them later, never sooner.
@Timeout(60)
class TrialTest {

  @Test
  void theLastClientWaitsForTheServerThatAcceptsAFewASecond() throws Exception {
    HerdTrial seen = herd(100, Duration.ZERO, Duration.ofMillis(20), Duration.ZERO);

    assertThat(seen.notBack()).isZero();
    assertThat(seen.attempts()).isEqualTo(100);
    assertThat(seen.refused() + seen.failed() + seen.turnedAway()).isZero();
    assertThat(seen.mostAttempts()).isEqualTo(100);
    assertThat(seen.backMicros().max()).isGreaterThan(99 * 20_000 - 100_000);
    assertThat(seen.timeline().stream().mapToInt(HerdTrial.Step::back).sum()).isEqualTo(100);
  }

  @Test
  void clientsThatObeyComeBackInTheSecondThatTheServerSays() throws Exception {
    HerdTrial seen = herd(50, null, Duration.ZERO, Duration.ofMillis(2_500));

    assertThat(seen.notBack()).isZero();
    assertThat(seen.turnedAway()).isBetween(50L, 3L * 50);
    assertThat(seen.attempts()).isEqualTo(50 + seen.turnedAway());
    assertThat(seen.requests()).isEqualTo(seen.attempts());
    assertThat(seen.backMicros().p50()).isGreaterThan(2_450_000);
  }

  @Test
  void clientsComeBackEvenlyWithinTheirWindow() throws Exception {
    HerdTrial seen = herd(300, Duration.ofSeconds(2), Duration.ZERO, Duration.ZERO);

    assertThat(seen.notBack()).isZero();
    assertThat(seen.attempts()).isEqualTo(300);
    assertThat(seen.backMicros().p50()).isGreaterThan(700_000);
    assertThat(seen.backMicros().max()).isGreaterThan(1_800_000);
  }

  /// @param window null for clients that obey
  private static HerdTrial herd(
      int clients, @Nullable Duration window, Duration between, Duration busy) throws Exception {
    try (var server = new KnownServer(between, busy)) {
      var what =
          new Case(
              Transport.SERVER_SENT_EVENTS,
              HerdEvent.RESTART,
              null,
              clients,
              window == null ? Duration.ZERO : window,
              window == null,
              Duration.ofSeconds(25),
              0.0625,
              null,
              1);
      return new Trial(what, server).run();
    }
  }
}
