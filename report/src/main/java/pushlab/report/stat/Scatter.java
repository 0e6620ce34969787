package pushlab.report.stat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/// How far repeats of the same cell lie apart. Two or three repeats tell little of it, but many
/// cells together do: it is the variance within cells, of logarithms, since what is ten
/// times as much is about ten times as far apart. The analysis of variance takes the mean of all
/// cells (R. A. Fisher, Statistical Methods for Research Workers, 1925), which one wild repeat
/// spoils; this takes the upper quartile, held against that of the chi-squared distribution.
///
/// @param variances what each cell's variance stands for, if it is that upper quartile
/// @param degrees of freedom: the repeats, less one for each cell
public record Scatter(List<Double> variances, int degrees) {

  private static final double QUARTILE = 0.75;
  private static final Percentile UPPER_QUARTILE =
      new Percentile(100 * QUARTILE).withEstimationType(EstimationType.R_1);

  /// How many of the degrees the quartile is worth beside the mean: asymptotically 0.60 to 0.64 for
  /// one to two degrees a cell.
  private static final double EFFICIENCY = 0.6;

  private static final double CHANCE = 0.001;
  public static final Scatter UNKNOWN = new Scatter(List.of(), 0);

  /// That of one cell, which is unknown of one repeat, or where one has zero.
  static Scatter of(double... repeats) {
    double variance = StatUtils.variance(Arrays.stream(repeats).map(Math::log).toArray());
    int degrees = repeats.length - 1;
    return degrees > 0 && Double.isFinite(variance)
        ? new Scatter(List.of(variance / quartile(degrees)), degrees)
        : UNKNOWN;
  }

  static double meanLog(double... repeats) {
    return Arrays.stream(repeats).map(Math::log).average().orElseThrow();
  }

  /// The upper quartile of variances of as many degrees, where the true one is 1.
  private static double quartile(int degrees) {
    return new ChiSquaredDistribution(degrees).inverseCumulativeProbability(QUARTILE) / degrees;
  }

  /// This and what other cells tell.
  public Scatter with(Scatter other) {
    return new Scatter(
        Stream.concat(variances.stream(), other.variances.stream()).toList(),
        degrees + other.degrees);
  }

  /// Whether chance puts the means of two cells that are alike as far apart as `distance`, in
  /// logarithms, in less than 1 of 1,000 cases, by Student's t-test; never, where it is not known.
  boolean isBeyondChance(double distance, int repeats, int others) {
    return distance > reach(repeats, others);
  }

  /// How far apart, in logarithms, chance puts them at most but in 1 of 1,000 cases; infinite where
  /// it is not known.
  public double reach(int repeats, int others) {
    if (degrees == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double[] all = variances.stream().mapToDouble(Double::doubleValue).toArray();
    double variance = UPPER_QUARTILE.evaluate(all);
    double error = Math.sqrt(variance * (1.0 / repeats + 1.0 / others));
    var student = new TDistribution(EFFICIENCY * degrees);
    return error * student.inverseCumulativeProbability(1 - CHANCE / 2);
  }
}
