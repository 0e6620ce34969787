package pushlab.report.figure;

import static java.util.Comparator.comparingDouble;
import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Workload;
import pushlab.report.text.Phrase;

/// A sentence about what can be seen in a figure of cells.
final class Seen {

  private Seen() {}

  /// The cells with the lowest and the highest value of `measure` in the heaviest workload for
  /// which it is known.
  static Optional<Phrase> of(List<CellSummary> cells, Measure measure) {
    List<CellSummary> known = cells.stream().filter(cell -> cell.spread(measure) != null).toList();
    return known.stream()
        .map(CellSummary::workload)
        .max(comparingDouble(Workload::deliveriesPerSecond).thenComparingInt(Workload::clients))
        .map(
            heaviest ->
                extremes(
                    heaviest,
                    known.stream().filter(cell -> cell.workload().equals(heaviest)).toList(),
                    measure));
  }

  private static Phrase extremes(Workload workload, List<CellSummary> cells, Measure measure) {
    CellSummary least = cells.stream().min(comparingDouble(cell -> value(cell, measure))).get();
    CellSummary most = cells.stream().max(comparingDouble(cell -> value(cell, measure))).get();
    Phrase leastValue = measure.phrase(value(least, measure));
    if (least.equals(most)) {
      return Phrase.of("seen.one", workload.phrase(), least.within(), leastValue);
    }
    boolean differ =
        requireNonNull(least.spread(measure)).differsFrom(requireNonNull(most.spread(measure)))
            != null;
    return Phrase.of(
        differ ? "seen" : "seen.overlap",
        workload.phrase(),
        least.within(),
        leastValue,
        most.within(),
        measure.phrase(value(most, measure)));
  }

  private static double value(CellSummary cell, Measure measure) {
    return requireNonNull(cell.spread(measure)).value();
  }
}
