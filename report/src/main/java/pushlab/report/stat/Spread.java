package pushlab.report.stat;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// A measure over all repeats of a cell, and how sure it is.
///
/// @param repeats the number of repeats
/// @param lowest the lowest value of a single repeat
/// @param highest the highest value of a single repeat
/// @param interval null for a single repeat
/// @param resamples the source of the interval
/// @param meanLog the mean of the logarithms of the repeats
/// @param scatter of the repeats of cells that were measured in the same way
public record Spread(
    double value,
    @JsonIgnore int repeats,
    double lowest,
    double highest,
    @Nullable Interval interval,
    @JsonIgnore Bootstrap resamples,
    @JsonIgnore double meanLog,
    @JsonIgnore Scatter scatter) {

  /// The spread of `statistic`, which gives a number for each non-empty list of `repeats`.
  public static <T> Spread of(List<T> repeats, ToDoubleFunction<List<T>> statistic) {
    double[] each =
        repeats.stream().mapToDouble(one -> statistic.applyAsDouble(List.of(one))).toArray();
    var resamples = Bootstrap.of(repeats, statistic);
    return new Spread(
        statistic.applyAsDouble(repeats),
        each.length,
        Arrays.stream(each).min().orElseThrow(),
        Arrays.stream(each).max().orElseThrow(),
        resamples.interval(),
        resamples,
        Scatter.meanLog(each),
        Scatter.of(each));
  }

  /// The same values with the scatter of many cells.
  public Spread within(Scatter all) {
    return new Spread(value, repeats, lowest, highest, interval, resamples, meanLog, all);
  }

  /// The interval; for a single repeat, the value as both its ends.
  public Interval bounds() {
    return interval == null ? new Interval(value, value) : interval;
  }

  /// Whether this and `other` differ significantly: no repeat of one lies within the range of the
  /// other's, and a t-test with the scatter of repeats gives p < 0.001. If the two have different
  /// scatters, as those of two runs have, it uses both. False if nothing was repeated.
  public boolean differsFrom(Spread other) {
    boolean apart = highest < other.lowest || other.highest < lowest;
    Scatter both = scatter.equals(other.scatter) ? scatter : scatter.with(other.scatter);
    return apart && both.isBeyondChance(Math.abs(meanLog - other.meanLog), repeats, other.repeats);
  }

  /// This divided by `other`; null if `other` is zero.
  public @Nullable Ratio over(Spread other) {
    return other.value == 0
        ? null
        : new Ratio(
            value / other.value,
            resamples.with(other.resamples, (one, two) -> one / two).interval());
  }
}
