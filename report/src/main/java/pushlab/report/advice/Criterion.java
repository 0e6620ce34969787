package pushlab.report.advice;

import pushlab.report.judge.Measure;
import pushlab.report.stat.Spread;

/// By what a situation chooses.
///
/// @param enough up to this value, in the measure's unit, less is no better
/// @param matters from how many times as much as the best on a difference is worth a choice
record Criterion(Measure measure, double enough, double matters) {

  /// Whether a cell with `spread` is out beside one with `best`: too much, by so much that it
  /// matters, and further apart than chance explains.
  boolean rulesOut(Spread spread, Spread best) {
    return spread.value() > enough
        && spread.value() >= matters * best.value()
        && spread.partsFrom(best);
  }
}
