package pushlab.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.NodesSummary;
import pushlab.report.judge.Workload;
import pushlab.report.stat.Interval;
import pushlab.report.stat.Spread;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// What the nodes did with one workload, laid out as a table: a row a node, and one for the
/// store.
record NodesTable(Workload workload, List<NodesSummary> cells) {

  /// The columns' heads of [#rows].
  static final List<Phrase> COLUMNS =
      Stream.of("transport", "node", "clients", "delivered", "median", "p99", "cpu", "share")
          .map(column -> Phrase.of("nodes." + column))
          .toList();

  private static final Phrase NOTHING = Phrase.verbatim("");

  /// A table a workload.
  static List<NodesTable> of(List<NodesSummary> cells) {
    return cells.stream()
        .collect(groupingBy(NodesSummary::workload, TreeMap::new, toList()))
        .entrySet()
        .stream()
        .map(entry -> new NodesTable(entry.getKey(), entry.getValue()))
        .toList();
  }

  /// What the other nodes and the store cost with each transport, as far as it is known.
  public List<Phrase> sentences() {
    return cells.stream().flatMap(cell -> sentence(cell).stream()).toList();
  }

  private static Optional<Phrase> sentence(NodesSummary cell) {
    if (!cell.unfit().isEmpty()) {
      return Optional.of(
          Phrase.of("answer.unfit", cell.phrase(), Phrase.joined("; ", cell.unfit())));
    }
    var parts = new ArrayList<Phrase>();
    if (cell.laterAcrossMicros() != null) {
      parts.add(Phrase.of("nodes.later", number(cell.laterAcrossMicros(), Text::micros)));
    }
    if (cell.store().share() != null) {
      parts.add(Phrase.of("nodes.stored", number(cell.store().share(), Text::percent)));
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(Phrase.of("nodes.cost", cell.phrase(), Phrase.joined("; ", parts)));
  }

  public List<List<Phrase>> rows() {
    var rows = new ArrayList<List<Phrase>>();
    for (NodesSummary cell : cells) {
      for (int node = 0; node < cell.each().size(); node++) {
        rows.add(row(cell, node));
      }
      rows.add(
          List.of(
              cell.phrase(),
              Phrase.of("nodes.store"),
              NOTHING,
              NOTHING,
              NOTHING,
              NOTHING,
              number(cell.store().microsPerDelivery(), Text::micros),
              number(cell.store().share(), Text::percent)));
    }
    return rows;
  }

  private static List<Phrase> row(NodesSummary cell, int number) {
    NodesSummary.Node node = cell.each().get(number);
    String count = Text.count(number + 1);
    return List.of(
        cell.phrase(),
        number == 0 ? Phrase.of("nodes.updated", count) : Phrase.verbatim(count),
        Phrase.number(Text.count(node.clients())),
        Phrase.number(Text.count(node.delivered())),
        number(node.medianMicros(), Text::micros),
        number(node.p99Micros(), Text::micros),
        number(node.cpu().microsPerDelivery(), Text::micros),
        number(node.cpu().share(), Text::percent));
  }

  private static Phrase number(@Nullable Spread spread, DoubleFunction<String> text) {
    if (spread == null) {
      return Phrase.of("unknown");
    }
    Phrase value = Phrase.number(text.apply(spread.value()));
    Interval interval = spread.interval();
    return interval == null || Text.range(interval, text).isEmpty()
        ? value
        : Phrase.of("interval", value, Phrase.of(interval, text));
  }
}
