package pushlab.bench.herd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconnectTest {

  private static final RandomGenerator RANDOM = new Random(1);

  @ParameterizedTest
  @CsvSource({"1s, 0, 1s", "1s, 1, 2s", "1s, 4, 16s", "1s, 5, 30s", "5s, 99, 30s", "60s, 3, 60s"})
  void theBoundDoublesUpToTheCap(String window, int waits, String bound) {
    var reconnect = new Reconnect(Duration.parse("PT" + window), false);

    assertThat(reconnect.bound(waits)).isEqualTo(Duration.parse("PT" + bound));
  }

  @ParameterizedTest
  @CsvSource({"0, 1000", "1, 2000"})
  void waitsLieEvenlyBetweenNothingAndTheBound(int waits, double bound) {
    var reconnect = new Reconnect(Duration.ofSeconds(1), false);

    LongSummaryStatistics millis =
        LongStream.generate(() -> reconnect.nanos(waits, 0, RANDOM) / 1_000_000)
            .limit(10_000)
            .summaryStatistics();

    assertThat((double) millis.getMin()).isBetween(0.0, bound / 100);
    assertThat((double) millis.getMax()).isBetween(bound * 0.99, bound);
    assertThat(millis.getAverage()).isBetween(bound * 0.48, bound * 0.52);
  }

  @Test
  void withoutAWindowOnlyTheFirstTryIsAtOnce() {
    var reconnect = new Reconnect(Duration.ZERO, false);

    assertThat(reconnect.nanos(0, 0, RANDOM)).isZero();
    assertThat(reconnect.nanos(1, 0, RANDOM)).isEqualTo(Reconnect.PAUSE.toNanos());
    assertThat(reconnect.nanos(9, 0, RANDOM)).isEqualTo(Reconnect.PAUSE.toNanos());
  }

  @Test
  void onlyAClientThatObeysWaitsAsTheServerSays() {
    long said = Duration.ofSeconds(3).toNanos();

    assertThat(new Reconnect(Duration.ZERO, true).nanos(2, said, RANDOM)).isEqualTo(said);
    assertThat(new Reconnect(Duration.ZERO, false).nanos(0, said, RANDOM)).isZero();
  }
}
