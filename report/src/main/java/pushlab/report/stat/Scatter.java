package pushlab.report.stat;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/// How far the repeats of one run scatter, compared with what is usual. Two repeats of one cell
/// say little about it. All cells of the run together say more, and earlier runs say what to expect
/// before there are many. A cell is judged by the weighed mean of what it shows itself and what
/// all these show: the moderated t-test (G. K. Smyth, Linear models and empirical Bayes methods for
/// assessing differential expression in microarray experiments, 2004). Its few degrees of freedom
/// allow for cells that scatter more than others.
///
/// One cell that is wild must not decide for all. So the run's part is the upper quartile over its
/// cells, divided by the one of the chi-squared distribution, and not their mean.
///
/// @param usual what is usual
/// @param factor the variance of this run's repeats, in multiples of the usual one
/// @param degrees what this weighs beside a cell's own repeats, in degrees of freedom
public record Scatter(Usual usual, double factor, double degrees) {

  private static final double QUARTILE = 0.75;
  private static final Percentile UPPER_QUARTILE =
      new Percentile(100 * QUARTILE).withEstimationType(EstimationType.R_1);

  /// Relative efficiency of the quartile to the mean: asymptotically 0.60 to 0.64 for one to two
  /// degrees of freedom a cell.
  private static final double EFFICIENCY = 0.6;

  /// The scatter of a run with these cells. A cell with a repeat of zero or less tells nothing.
  public static Scatter of(Usual usual, List<List<Observation>> cells) {
    var factors = new ArrayList<Double>();
    int repeats = 0;
    for (List<Observation> cell : cells) {
      double own = factor(usual, cell);
      if (cell.size() > 1 && Double.isFinite(own)) {
        factors.add(own / quartile(cell.size() - 1));
        repeats += cell.size() - 1;
      }
    }
    if (factors.isEmpty()) {
      return new Scatter(usual, 1, usual.degrees());
    }
    double[] all = factors.stream().mapToDouble(Double::doubleValue).toArray();
    double run = EFFICIENCY * repeats;
    return new Scatter(
        usual, weighed(1, usual.degrees(), UPPER_QUARTILE.evaluate(all), run), usual.degrees());
  }

  /// The mean of a cell's repeats. One that was disturbed weighs less.
  LogMean mean(List<Observation> cell) {
    double weights = cell.stream().mapToDouble(it -> 1 / usual.variance(it)).sum();
    double mean = mean(usual, cell);
    if (mean == Double.NEGATIVE_INFINITY) {
      return new LogMean(mean, 0, degrees);
    }
    int own = cell.size() - 1;
    double variance = own == 0 ? factor : weighed(factor, degrees, factor(usual, cell), own);
    return new LogMean(mean, variance / weights, degrees + own);
  }

  /// The least ratio of two cells, each with so many undisturbed repeats, that chance makes in
  /// fewer than `chance` of all cases; infinite if it is unknown.
  public double leastRatio(int repeats, double chance) {
    return new LogMean(0, factor * usual.quiet() / repeats, degrees + repeats - 1)
        .leastRatio(chance);
  }

  private static double weighed(double one, double weight, double other, double otherWeight) {
    return (weight * one + otherWeight * other) / (weight + otherWeight);
  }

  private static double mean(Usual usual, List<Observation> cell) {
    if (cell.stream().allMatch(it -> it.value() == 0)) {
      return Double.NEGATIVE_INFINITY;
    }
    double sum = 0;
    double weights = 0;
    for (Observation it : cell) {
      double weight = 1 / usual.variance(it);
      sum += weight * (it.value() > 0 ? Math.log(it.value()) : Double.NaN);
      weights += weight;
    }
    return sum / weights;
  }

  /// The variance of one cell's repeats, in multiples of the usual one.
  private static double factor(Usual usual, List<Observation> cell) {
    double mean = mean(usual, cell);
    double squares = 0;
    for (Observation it : cell) {
      squares += Math.pow(Math.log(it.value()) - mean, 2) / usual.variance(it);
    }
    return squares / (cell.size() - 1);
  }

  /// The upper quartile of sample variances with so many degrees of freedom whose true variance
  /// is 1.
  private static double quartile(int degrees) {
    return new ChiSquaredDistribution(degrees).inverseCumulativeProbability(QUARTILE) / degrees;
  }
}
