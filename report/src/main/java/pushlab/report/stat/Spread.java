package pushlab.report.stat;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/// A measure over all repeats of a cell, and how sure it is.
///
/// @param repeats the number of repeats; 0 for an estimate
/// @param lowest the lowest value of a single repeat
/// @param highest the highest value of a single repeat
/// @param interval null if the scatter of repeats is unknown, or if a repeat is zero or less
/// @param mean of the logarithms of the repeats
public record Spread(
    double value,
    @JsonIgnore int repeats,
    double lowest,
    double highest,
    @Nullable Interval interval,
    @JsonIgnore LogMean mean) {

  /// The standard deviations between the middle and the end of an interval that covers nine of
  /// ten values of the normal distribution.
  private static final double NINE_OF_TEN = 1.645;

  /// The spread of `statistic`, which gives a number for each non-empty list of `repeats`.
  ///
  /// @param disturbed whether something disturbed a repeat in a way that this measure shows
  /// @param scatter of the repeats of all cells that were measured in the same way
  public static <T> Spread of(
      List<T> repeats,
      ToDoubleFunction<List<T>> statistic,
      Predicate<T> disturbed,
      Scatter scatter) {
    List<Observation> each =
        repeats.stream()
            .map(one -> new Observation(statistic.applyAsDouble(List.of(one)), disturbed.test(one)))
            .toList();
    return of(statistic.applyAsDouble(repeats), values(each).toArray(), scatter.mean(each));
  }

  /// A value that was not measured.
  ///
  /// @param factor nine of ten such estimates are wrong by less than this factor
  public static Spread estimated(double value, double factor) {
    double deviation = Math.log(factor) / NINE_OF_TEN;
    var mean =
        new LogMean(
            value == 0 ? Double.NEGATIVE_INFINITY : Math.log(value),
            deviation * deviation,
            Double.POSITIVE_INFINITY);
    return new Spread(
        value, 0, value / factor, value * factor, interval(value, mean.factor()), mean);
  }

  /// The same with a part more that no repeat measured, and that is taken for exact.
  public Spread plus(double more) {
    LogMean moved = mean.plus(more);
    return more == 0
        ? this
        : new Spread(
            value + more,
            repeats,
            lowest + more,
            highest + more,
            interval(value + more, moved.factor()),
            moved);
  }

  private static Spread of(double value, double[] each, LogMean mean) {
    return new Spread(
        value,
        each.length,
        DoubleStream.of(each).min().orElseThrow(),
        DoubleStream.of(each).max().orElseThrow(),
        interval(value, mean.factor()),
        mean);
  }

  private static DoubleStream values(List<Observation> each) {
    return each.stream().mapToDouble(Observation::value);
  }

  private static @Nullable Interval interval(double value, @Nullable Double factor) {
    return factor == null ? null : new Interval(value / factor, value * factor);
  }

  /// The interval; if it is unknown, the lowest and the highest repeat.
  public Interval bounds() {
    return interval == null ? new Interval(lowest, highest) : interval;
  }

  /// How sure it is that this and `other` differ; null if it is not even likely.
  public @Nullable Confidence differsFrom(Spread other) {
    return mean.differsFrom(other.mean);
  }

  /// This divided by `other`; null if `other` is zero.
  public @Nullable Ratio over(Spread other) {
    double ratio = value / other.value;
    return other.value == 0 ? null : new Ratio(ratio, interval(ratio, mean.factor(other.mean)));
  }
}
