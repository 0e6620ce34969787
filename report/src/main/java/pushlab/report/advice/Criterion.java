package pushlab.report.advice;

import pushlab.report.judge.Measure;
import pushlab.report.stat.Spread;

/// A measure by which a situation chooses.
///
/// @param enough values up to this one, in the measure's unit, are good enough
/// @param matters the least ratio to the best value that justifies another choice
record Criterion(Measure measure, double enough, double matters) {

  /// Whether a cell with `spread` is ruled out by one with `best`: its value is not good enough,
  /// the ratio matters, and the difference is significant.
  boolean rulesOut(Spread spread, Spread best) {
    return spread.value() > enough
        && spread.value() >= matters * best.value()
        && spread.differsFrom(best);
  }
}
