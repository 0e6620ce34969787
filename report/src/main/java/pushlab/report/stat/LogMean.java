package pushlab.report.stat;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/// The mean of the logarithms of repeated measurements, and how uncertain it is. Logarithms,
/// because a value that is ten times as large also scatters about ten times as far.
///
/// @param mean negative infinity if every repeat is zero; not a number if only some are, or if one
///     is negative
/// @param variance of the mean; infinite if it is unknown
/// @param degrees degrees of freedom of that variance; may be infinite
public record LogMean(double mean, double variance, double degrees) {

  /// The share of cases in which the true value lies in the interval.
  private static final double COVERED = 0.95;

  /// How sure it is that this and `other` differ, by Welch's t-test. It takes the lesser of the
  /// two degrees of freedom, which errs on the side of caution. Null if it is not even likely.
  public @Nullable Confidence differsFrom(LogMean other) {
    double distance = Math.abs(mean - other.mean);
    return Confidence.of(2 * chance(distance, other));
  }

  /// How sure it is that this is at most `factor` times `other`. Null if it is not even likely.
  public @Nullable Confidence isAtMost(double factor, LogMean other) {
    if (mean == Double.NEGATIVE_INFINITY) {
      return Confidence.SURE;
    }
    return Confidence.of(chance(Math.log(factor) - (mean - other.mean), other));
  }

  /// How sure it is that this is at most `value`. Null if it is not even likely.
  public @Nullable Confidence isAtMost(double value) {
    return isAtMost(value, new LogMean(0, 0, Double.POSITIVE_INFINITY));
  }

  /// The factor by which the true value may be larger or smaller, in 95 of 100 cases; null if it
  /// is unknown.
  @Nullable Double factor() {
    double factor = Math.exp(Math.sqrt(variance) * quantile(1 - (1 - COVERED) / 2));
    return Double.isFinite(mean) && Double.isFinite(factor) ? factor : null;
  }

  /// The same for the ratio of this to `other`.
  @Nullable Double factor(LogMean other) {
    return new LogMean(
            mean - other.mean, variance + other.variance, Math.min(degrees, other.degrees))
        .factor();
  }

  /// The same with `more` added to the value itself, which is exact: the value varies as much as
  /// before, and so less as a share of it.
  LogMean plus(double more) {
    double value = Math.exp(mean);
    double share = value == 0 ? 1 : value / (value + more);
    return new LogMean(Math.log(value + more), variance * share * share, degrees);
  }

  /// The least ratio of two values that is likely not due to chance, if both have this
  /// uncertainty; infinite if it is unknown.
  public double leastRatio(double chance) {
    return Math.exp(Math.sqrt(2 * variance) * quantile(1 - chance / 2));
  }

  private double quantile(double probability) {
    if (degrees == 0) {
      return Double.POSITIVE_INFINITY;
    }
    return Double.isInfinite(degrees)
        ? new NormalDistribution().inverseCumulativeProbability(probability)
        : new TDistribution(degrees).inverseCumulativeProbability(probability);
  }

  /// How often chance makes two equal values lie `distance` apart or further, in this direction;
  /// 1 if that is unknown.
  private double chance(double distance, LogMean other) {
    double least = Math.min(degrees, other.degrees);
    double error = Math.sqrt(variance + other.variance);
    if (Double.isNaN(distance) || Double.isNaN(error) || least == 0 || Double.isInfinite(error)) {
      return 1;
    }
    if (error == 0 || Double.isInfinite(distance)) {
      return distance > 0 ? 0 : 1;
    }
    return Double.isInfinite(least)
        ? new NormalDistribution().cumulativeProbability(-distance / error)
        : new TDistribution(least).cumulativeProbability(-distance / error);
  }
}
