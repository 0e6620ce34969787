package pushlab.report;

import static java.lang.Double.NaN;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// A measure over all repeats of a cell, and how far it can be trusted.
///
/// @param repeats how many there are
/// @param lowest the lowest that one repeat had
/// @param highest the highest that one repeat had
/// @param interval null for a single repeat
/// @param resamples where the interval comes from
public record Spread(
    double value,
    @JsonIgnore int repeats,
    double lowest,
    double highest,
    @Nullable Interval interval,
    @JsonIgnore Bootstrap resamples) {

  /// By the number of repeats, from two: how many times both ranges together two means must be
  /// apart, so that two that are alike are in 5 of 100 cases. More than ten count as ten.
  private static final double[] LORD = {
    NaN, NaN, 1.714, 0.636, 0.406, 0.306, 0.250, 0.213, 0.186, 0.167, 0.152
  };

  /// The spread of `statistic`, which gives a number for each non-empty list of `repeats`.
  static <T> Spread of(List<T> repeats, ToDoubleFunction<List<T>> statistic) {
    double[] each =
        repeats.stream().mapToDouble(one -> statistic.applyAsDouble(List.of(one))).toArray();
    var resamples = Bootstrap.of(repeats, statistic);
    return new Spread(
        statistic.applyAsDouble(repeats),
        each.length,
        Arrays.stream(each).min().orElseThrow(),
        Arrays.stream(each).max().orElseThrow(),
        resamples.interval(),
        resamples);
  }

  /// Its interval, or what there is of it for a single repeat.
  Interval bounds() {
    return interval == null ? new Interval(value, value) : interval;
  }

  /// Whether this and `other` are further apart than chance would often put two that are alike: no
  /// repeat of one lies among the other's, and E. Lord's test agrees, which holds the distance
  /// against the ranges (The use of range in place of standard deviation in the t-test, Biometrika
  /// 34, 1947). A single repeat has no range, so that nothing parts from it.
  boolean partsFrom(Spread other) {
    boolean apart = highest < other.lowest || other.highest < lowest;
    int fewer = Math.min(repeats, other.repeats);
    double ranges = highest - lowest + other.highest - other.lowest;
    return fewer > 1
        && apart
        && Math.abs(value - other.value) >= LORD[Math.min(fewer, LORD.length - 1)] * ranges;
  }

  /// How many times `other` this is, or null where `other` is zero.
  @Nullable Ratio over(Spread other) {
    return other.value == 0
        ? null
        : new Ratio(
            value / other.value,
            resamples.with(other.resamples, (one, two) -> one / two).interval());
  }
}
