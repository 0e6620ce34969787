package pushlab.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.NodesSummary;
import pushlab.report.judge.Workload;
import pushlab.report.stat.Interval;
import pushlab.report.stat.Spread;
import pushlab.report.text.Column;
import pushlab.report.text.Format;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// The nodes of one workload as a table: one row for each node, and one for the store.
record NodesTable(Workload workload, List<NodesSummary> cells) {

  /// A node of a cell, or the store that its nodes share.
  ///
  /// @param node null for the store
  private record Line(
      NodesSummary cell, Phrase name, NodesSummary.@Nullable Node node, NodesSummary.Used used) {}

  private static final Phrase NOTHING = Phrase.verbatim("");

  private static final List<Column<Line>> TABLE =
      List.of(
          Column.of("nodes.transport", line -> line.cell.phrase()),
          Column.of("nodes.node", Line::name),
          Column.of("nodes.clients", ofNode(node -> Phrase.number(node.clients(), Text::count))),
          Column.of(
              "nodes.delivered", ofNode(node -> Phrase.number(node.delivered(), Text::count))),
          Column.of("nodes.median", ofNode(node -> number(node.medianMicros(), Text::micros))),
          Column.of("nodes.p99", ofNode(node -> number(node.p99Micros(), Text::micros))),
          Column.of("nodes.cpu", line -> number(line.used.microsPerDelivery(), Text::micros)),
          Column.of("nodes.share", line -> number(line.used.share(), Text::percent)));

  /// The columns' heads of [#rows].
  static final List<Phrase> COLUMNS = Column.heads(TABLE);

  /// One table for each workload.
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
      for (int place = 0; place < cell.each().size(); place++) {
        NodesSummary.Node node = cell.each().get(place);
        rows.add(Column.row(TABLE, new Line(cell, name(place), node, node.cpu())));
      }
      rows.add(Column.row(TABLE, new Line(cell, Phrase.of("nodes.store"), null, cell.store())));
    }
    return rows;
  }

  private static Phrase name(int place) {
    Phrase count = Phrase.number(place + 1, Text::count);
    return place == 0 ? Phrase.of("nodes.updated", count) : count;
  }

  /// The store has no clients of its own.
  private static Function<Line, Phrase> ofNode(Function<NodesSummary.Node, Phrase> value) {
    return line -> line.node == null ? NOTHING : value.apply(line.node);
  }

  private static Phrase number(@Nullable Spread spread, Format text) {
    if (spread == null) {
      return Phrase.of("unknown");
    }
    Phrase value = Phrase.number(spread.value(), text);
    Interval interval = spread.interval();
    return interval == null || Text.isOnePoint(interval, text)
        ? value
        : Phrase.of("interval", value, Phrase.of(interval, text));
  }
}
