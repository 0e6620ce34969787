package pushlab.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import pushlab.report.judge.ByDelivery;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Verdict;
import pushlab.report.result.Delivery;
import pushlab.report.result.Transport;
import pushlab.report.stat.Interval;
import pushlab.report.stat.Spread;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// What a transport costs with each delivery: one row for each workload and measure.
///
/// @param sentences the verdicts on the heaviest workload
record ByDeliveryTable(Transport transport, List<Phrase> sentences, List<List<Phrase>> rows) {

  /// The columns' heads of `rows`.
  static final List<Phrase> COLUMNS =
      Stream.concat(
              Stream.of("column.workload", "column.measure", "column.verdict").map(Phrase::of),
              Stream.of(Delivery.values()).map(Phrase::of))
          .toList();

  /// One table for each transport.
  static List<ByDeliveryTable> of(List<ByDelivery> all) {
    return all.stream()
        .collect(groupingBy(ByDelivery::transport, TreeMap::new, toList()))
        .entrySet()
        .stream()
        .map(entry -> of(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static ByDeliveryTable of(Transport transport, List<ByDelivery> workloads) {
    return new ByDeliveryTable(
        transport,
        ByDelivery.heaviest(workloads).stream()
            .flatMap(each -> each.verdicts().stream())
            .map(ByDeliveryTable::sentence)
            .toList(),
        workloads.stream().flatMap(ByDeliveryTable::rows).toList());
  }

  /// The verdict with what it is about.
  static Phrase sentence(Verdict verdict) {
    return Phrase.of(
        "delivery.verdict",
        verdict.workload().phrase(),
        verdict.measure().phrase().within(),
        verdict.sentence());
  }

  /// Which delivery the answers and verdicts use; empty for a run with one delivery.
  static Optional<Phrase> judged(Findings findings) {
    return findings.byDelivery().isEmpty()
        ? Optional.empty()
        : findings.cells().stream()
            .flatMap(cell -> Optional.ofNullable(cell.delivery()).stream())
            .findFirst()
            .map(delivery -> Phrase.of("delivery.judged", Phrase.of(delivery).within()));
  }

  /// For example `Long polling`.
  public Phrase title() {
    return Phrase.of(transport);
  }

  private static Stream<List<Phrase>> rows(ByDelivery each) {
    return each.verdicts().stream().map(verdict -> row(verdict, each.cells()));
  }

  private static List<Phrase> row(Verdict verdict, List<CellSummary> cells) {
    var row = new ArrayList<Phrase>();
    row.add(verdict.workload().phrase());
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
