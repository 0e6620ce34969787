package pushlab.report.stat;

import java.util.List;
import org.apache.commons.math3.stat.StatUtils;

/// How far the repeats of a cell usually scatter: what many cells of earlier runs showed.
///
/// @param quiet the variance of the logarithm of a repeat that nothing disturbed
/// @param disturbed the variance of one that something disturbed
/// @param degrees degrees of freedom: how many repeats of a new run weigh as much as this
public record Usual(double quiet, double disturbed, double degrees) {

  /// Nothing is known from earlier runs.
  public static final Usual UNKNOWN = new Usual(1, 1, 0);

  /// The variance of the logarithm of one repeat that these cells show together, as in the
  /// analysis of variance (R. A. Fisher, Statistical Methods for Research Workers, 1925); not a
  /// number if there is none. A cell has at least two repeats, and no repeat is zero or less.
  public static double variance(List<List<Observation>> cells) {
    double squares = 0;
    int degrees = 0;
    for (List<Observation> cell : cells) {
      double[] logs = cell.stream().mapToDouble(it -> Math.log(it.value())).toArray();
      squares += StatUtils.variance(logs) * (logs.length - 1);
      degrees += logs.length - 1;
    }
    return squares / degrees;
  }

  double variance(Observation repeat) {
    return repeat.disturbed() ? disturbed : quiet;
  }
}
