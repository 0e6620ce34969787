package pushlab.report.stat;

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
/// @param meanLog the mean of the repeats' logarithms
/// @param scatter how far repeats of one cell lie apart where this was measured
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

  /// The same, measured where repeats lie as far apart as `all` says.
  public Spread within(Scatter all) {
    return new Spread(value, repeats, lowest, highest, interval, resamples, meanLog, all);
  }

  /// Its interval, or what there is of it for a single repeat.
  public Interval bounds() {
    return interval == null ? new Interval(value, value) : interval;
  }

  /// Whether this and `other` are further apart than chance would put two that are alike: no repeat
  /// of one lies among the other's, and their distance is large beside the scatter of repeats, of
  /// both where they were measured in two runs or scatter in two ways. Where nothing was repeated,
  /// nothing parts.
  public boolean partsFrom(Spread other) {
    boolean apart = highest < other.lowest || other.highest < lowest;
    Scatter both = scatter.equals(other.scatter) ? scatter : scatter.with(other.scatter);
    return apart && both.isBeyondChance(Math.abs(meanLog - other.meanLog), repeats, other.repeats);
  }

  /// How many times `other` this is, or null where `other` is zero.
  public @Nullable Ratio over(Spread other) {
    return other.value == 0
        ? null
        : new Ratio(
            value / other.value,
            resamples.with(other.resamples, (one, two) -> one / two).interval());
  }
}
