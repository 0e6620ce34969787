package pushlab.report.advice;

import static java.util.Comparator.comparingDouble;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Measure;
import pushlab.report.stat.Ratio;
import pushlab.report.stat.Spread;
import pushlab.report.text.Phrase;

/// Applies the criteria of a situation, the most important first. Each criterion rules out the
/// cells that are significantly worse than the best one, by a difference that matters. The cells
/// that remain are good enough or too close to call.
///
/// @param left in the situation's order of preference
record Choice(List<CellSummary> left, List<Out> out) {

  /// A cell that is ruled out, the measure that rules it out, and the best cell by that measure.
  record Out(CellSummary cell, Measure by, CellSummary best) {

    Advice.Sentence sentence() {
      Spread own = spread(cell, by);
      Ratio ratio = own.over(spread(best, by));
      return new Advice.Sentence(
          Phrase.of(
              "out." + by.id(),
              cell.phrase(),
              by.phrase(own.value()),
              ratio == null
                  ? Phrase.of("out.none", best.within())
                  : Phrase.of("out.ratio", Phrase.of(ratio), best.within())),
          List.of(cell, best));
    }
  }

  /// @param cells at least one, and all of them fit
  static Choice of(List<Criterion> criteria, List<CellSummary> cells) {
    var left = new ArrayList<>(cells);
    var out = new ArrayList<Out>();
    for (Criterion criterion : criteria) {
      Measure measure = criterion.measure();
      List<CellSummary> known = left.stream().filter(cell -> cell.spread(measure) != null).toList();
      Optional<CellSummary> best =
          known.stream().min(comparingDouble(cell -> spread(cell, measure).value()));
      for (CellSummary cell : known) {
        CellSummary least = best.orElseThrow();
        if (criterion.rulesOut(spread(cell, measure), spread(least, measure))) {
          left.remove(cell);
          out.add(new Out(cell, measure, least));
        }
      }
    }
    return new Choice(left, out);
  }

  private static Spread spread(CellSummary cell, Measure measure) {
    return requireNonNull(cell.spread(measure));
  }
}
