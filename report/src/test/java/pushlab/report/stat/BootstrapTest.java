package pushlab.report.stat;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  @Test
  void theIntervalOfTwoOrThreeRepeatsReachesFromTheLowestToTheHighest() {
    assertThat(mean(4.0, 8.0).interval()).isEqualTo(new Interval(4, 8));
    assertThat(mean(5.0, 4.0, 8.0).interval()).isEqualTo(new Interval(4, 8));
  }

  /// All 256 ways to draw four of 0, 0, 0 and 16: the mean is 4 times how often 16 was drawn, which
  /// is binomial. P(none) = 32 %, P(three or four) = 5.1 %, P(four) = 0.4 %.
  @Test
  void triesEachResampleOfFewRepeatsOnce() {
    assertThat(mean(0.0, 0.0, 0.0, 16.0).interval()).isEqualTo(new Interval(0, 12));
  }

  /// For the mean of many values the percentile bootstrap comes to the textbook's interval.
  @Test
  void approachesTheNormalIntervalForManyRepeats() {
    var random = new Random(7);
    List<Double> many = random.doubles(200, 0, 1).boxed().toList();
    double mean = many.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double margin = 1.96 * Math.sqrt(1.0 / 12 / many.size());

    Interval interval = requireNonNull(spread(many).interval());

    assertThat(interval.low()).isCloseTo(mean - margin, within(0.15 * margin));
    assertThat(interval.high()).isCloseTo(mean + margin, within(0.15 * margin));
  }

  @Test
  void drawsTheSameResamplesEachTime() {
    List<Double> six = List.of(1.0, 2.0, 4.0, 7.0, 11.0, 16.0);
    assertThat(spread(six).interval()).isEqualTo(spread(six).interval());
  }

  @Test
  void oneRepeatHasNoInterval() {
    assertThat(mean(4.0).interval()).isNull();
    assertThat(requireNonNull(mean(8.0).over(mean(4.0))).interval()).isNull();
  }

  @Test
  void aRatioHasAnIntervalOfItsOwn() {
    Ratio ratio = requireNonNull(mean(9.0, 11.0).over(mean(4.0, 6.0)));

    assertThat(ratio.value()).isEqualTo(2);
    assertThat(ratio.interval()).isEqualTo(new Interval(9.0 / 6, 11.0 / 4));
    assertThat(ratio).isEqualTo(new Ratio(2, new Interval(1.5, 2.75)));
  }

  @Test
  void aRatioToAValueThatMayBeZeroHasNoInterval() {
    assertThat(mean(9.0, 11.0).over(mean(0.0, 0.0))).isNull();
    assertThat(requireNonNull(mean(9.0, 11.0).over(mean(0.0, 6.0))).interval()).isNull();
  }

  private static Spread mean(Double... repeats) {
    return spread(List.of(repeats));
  }

  private static Spread spread(List<Double> repeats) {
    return Spread.of(
        repeats, drawn -> drawn.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
  }
}
