package pushlab.bench.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import pushlab.bench.net.PollHold;

class GatlingLoadTest {

  @Test
  void aRampWithAFractionOfASecondIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> load(Duration.ofMillis(500)))
        .withMessageContaining("PT0.5S");
  }

  @Test
  void everyComponentBecomesAProperty() {
    assertThat(load(Duration.ofSeconds(2)).toSystemProperties())
        .containsExactly(
            "-Dpushlab.target=http://127.0.0.1:8080",
            "-Dpushlab.clients=200",
            "-Dpushlab.ramp=2",
            "-Dpushlab.hold=4.5",
            "-Dpushlab.updatesPerSecond=0.5",
            "-Dpushlab.pollIntervalMillis=970",
            "-Dpushlab.pollHold=7");
  }

  @Test
  void theTimeLimitIsLongerThanRampHoldAndPollHoldTogether() {
    assertThat(load(Duration.ofSeconds(2)).atMost())
        .isGreaterThan(Duration.ofMillis(2000 + 4500 + 7000));
  }

  private static GatlingLoad load(Duration ramp) {
    return new GatlingLoad(
        URI.create("http://127.0.0.1:8080"),
        200,
        ramp,
        Duration.ofMillis(4500),
        0.5,
        Duration.ofMillis(970),
        new PollHold(Duration.ofSeconds(7)));
  }
}
