package pushlab.report.stat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/// The scatter of repeats of one cell: the variance within cells, of logarithms, because a value
/// that is ten times as large scatters about ten times as far. Two or three repeats of one cell
/// say little about it; many cells together do. The analysis of variance takes the mean over all
/// cells (R. A. Fisher, Statistical Methods for Research Workers, 1925), which one outlier
/// spoils. This takes the upper quartile and compares it with that of the chi-squared
/// distribution.
///
/// @param variances for each cell, the variance of all cells if this cell is at their upper
///     quartile
/// @param degrees degrees of freedom: the number of repeats, less one for each cell
public record Scatter(List<Double> variances, int degrees) {

  private static final double QUARTILE = 0.75;
  private static final Percentile UPPER_QUARTILE =
      new Percentile(100 * QUARTILE).withEstimationType(EstimationType.R_1);

  /// Relative efficiency of the quartile to the mean: asymptotically 0.60 to 0.64 for one to two
  /// degrees of freedom a cell.
  private static final double EFFICIENCY = 0.6;

  private static final double CHANCE = 0.001;
  public static final Scatter UNKNOWN = new Scatter(List.of(), 0);

  /// The scatter of one cell; unknown if it has one repeat or a repeat of zero.
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

  /// The upper quartile of sample variances with so many degrees of freedom whose true variance
  /// is 1.
  private static double quartile(int degrees) {
    return new ChiSquaredDistribution(degrees).inverseCumulativeProbability(QUARTILE) / degrees;
  }

  /// The scatter of these cells and of others together.
  public Scatter with(Scatter other) {
    return new Scatter(
        Stream.concat(variances.stream(), other.variances.stream()).toList(),
        degrees + other.degrees);
  }

  /// Whether two cells whose means are `distance` apart, in logarithms, differ significantly:
  /// Student's t-test gives p < 0.001. False if the scatter is unknown.
  boolean isBeyondChance(double distance, int repeats, int others) {
    return distance > reach(repeats, others);
  }

  /// The least distance, in logarithms, that is significant; infinite if the scatter is unknown.
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
