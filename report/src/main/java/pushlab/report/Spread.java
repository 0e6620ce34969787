package pushlab.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// A measure over all repeats of a cell, and how far it can be trusted.
///
/// @param lowest the lowest that one repeat had
/// @param highest the highest that one repeat had
/// @param interval null for a single repeat
/// @param resamples where the interval comes from
public record Spread(
    double value,
    double lowest,
    double highest,
    @Nullable Interval interval,
    @JsonIgnore Bootstrap resamples) {

  /// The spread of `statistic`, which gives a number for each non-empty list of `repeats`.
  static <T> Spread of(List<T> repeats, ToDoubleFunction<List<T>> statistic) {
    double[] each =
        repeats.stream().mapToDouble(one -> statistic.applyAsDouble(List.of(one))).toArray();
    var resamples = Bootstrap.of(repeats, statistic);
    return new Spread(
        statistic.applyAsDouble(repeats),
        Arrays.stream(each).min().orElseThrow(),
        Arrays.stream(each).max().orElseThrow(),
        resamples.interval(),
        resamples);
  }

  /// Its interval, or what there is of it for a single repeat.
  Interval bounds() {
    return interval == null ? new Interval(value, value) : interval;
  }

  boolean overlaps(Spread other) {
    return lowest <= other.highest && other.lowest <= highest;
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
