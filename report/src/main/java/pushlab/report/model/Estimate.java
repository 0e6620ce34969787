package pushlab.report.model;

import java.util.List;

/// What a workload that was not measured would cost, by one measure.
///
/// @param value in the unit of the measure
/// @param factor at least 1: of ten cells that the model did not see, nine were within
///     `value / factor` and `value * factor`
/// @param cells the ids of the cells from which it is estimated
public record Estimate(double value, double factor, List<String> cells) {

  public Estimate {
    cells = List.copyOf(cells);
  }

  /// The same with a part more that no cell measured.
  Estimate plus(double more) {
    double up = (highest() + more) / (value + more);
    double down = (value + more) / (lowest() + more);
    return more == 0 ? this : new Estimate(value + more, Math.max(up, down), cells);
  }

  /// Whether a measured value is within the bounds.
  public boolean holds(double measured) {
    return value == 0 ? measured == 0 : measured >= lowest() && measured <= highest();
  }

  /// The lower bound.
  public double lowest() {
    return value / factor;
  }

  /// The upper bound.
  public double highest() {
    return value * factor;
  }
}
