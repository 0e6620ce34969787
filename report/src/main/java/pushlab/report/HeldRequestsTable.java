package pushlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.HeldRequests;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Verdict;
import pushlab.report.judge.Workload;
import pushlab.report.result.Delivery;
import pushlab.report.stat.Interval;
import pushlab.report.stat.Spread;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// What held requests cost by delivery, with one workload: one row for each measure.
record HeldRequestsTable(Workload workload, List<List<Phrase>> rows) {

  /// The columns' heads of `rows`.
  static final List<Phrase> COLUMNS =
      Stream.concat(
              Stream.of("column.measure", "column.verdict").map(Phrase::of),
              Stream.of(Delivery.values()).map(Phrase::of))
          .toList();

  static List<HeldRequestsTable> of(List<HeldRequests> held) {
    return held.stream()
        .map(
            each ->
                new HeldRequestsTable(
                    each.workload(),
                    each.verdicts().stream().map(verdict -> row(verdict, each.cells())).toList()))
        .toList();
  }

  /// Which delivery the answers and verdicts use; empty for a run with one delivery.
  static Optional<Phrase> judged(Findings findings) {
    return findings.held().isEmpty()
        ? Optional.empty()
        : findings.cells().stream()
            .flatMap(cell -> Optional.ofNullable(cell.delivery()).stream())
            .findFirst()
            .map(delivery -> Phrase.of("delivery.judged", Phrase.of(delivery).within()));
  }

  private static List<Phrase> row(Verdict verdict, List<CellSummary> cells) {
    var row = new ArrayList<Phrase>();
    row.add(verdict.measure().phrase());
    row.add(verdict.sentence());
    for (Delivery delivery : Delivery.values()) {
      row.add(
          cells.stream()
              .filter(cell -> cell.delivery() == delivery)
              .flatMap(cell -> Optional.ofNullable(cell.spread(verdict.measure())).stream())
              .findFirst()
              .map(spread -> value(verdict.measure(), spread))
              .orElseGet(() -> Phrase.of("unknown")));
    }
    return row;
  }

  private static Phrase value(Measure measure, Spread spread) {
    Phrase value = measure.phrase(spread.value());
    Interval interval = spread.interval();
    return interval == null || Text.isOnePoint(interval, measure::text)
        ? value
        : Phrase.of("interval", value, Phrase.of(interval, measure::text));
  }
}
