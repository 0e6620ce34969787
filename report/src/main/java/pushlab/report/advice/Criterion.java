package pushlab.report.advice;

import org.jspecify.annotations.Nullable;
import pushlab.report.judge.Measure;
import pushlab.report.stat.Confidence;
import pushlab.report.stat.Spread;

/// A measure by which a situation chooses.
///
/// @param enough values up to this one, in the measure's unit, are good enough
/// @param matters the least ratio to the best value that justifies another choice
record Criterion(Measure measure, double enough, double matters) {

  /// How sure it is that a transport with `spread` is worse than one with `best`, by a difference
  /// that matters and to a value that is not good enough; null if it is not ruled out.
  @Nullable Confidence rulesOut(Spread spread, Spread best) {
    return spread.value() > enough && spread.value() >= matters * best.value()
        ? spread.differsFrom(best)
        : null;
  }

  /// How sure it is that a transport with `spread` is good enough, or as good as one with `best`
  /// but for a difference that does not matter; null if neither is even likely.
  @Nullable Confidence allows(Spread spread, Spread best) {
    Confidence enoughForSure = spread.mean().isAtMost(enough);
    Confidence alike = spread.mean().isAtMost(matters, best.mean());
    return enoughForSure == null || alike == Confidence.SURE ? alike : enoughForSure;
  }
}
