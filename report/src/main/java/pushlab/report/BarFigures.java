package pushlab.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a delivery or a connection costs, a bar a cell.
final class BarFigures {

  /// How much longer than the longest bar the axis is, so that numbers fit behind the bars.
  private static final double ROOM = 1.35;

  private static final int BAR_PIXELS = 20;
  private static final int GAP_PIXELS = 16;

  private BarFigures() {}

  static Stream<Figure> of(List<CellSummary> cells) {
    return Stream.of(
            figure(cells, Measure.SERVER_CPU, "cpu", "µs", "CPU time of the server process."),
            figure(cells, Measure.BYTES, "bytes", "bytes", "Headers included, TCP's own not."),
            figure(
                cells,
                Measure.REQUESTS,
                "requests",
                "requests",
                "Those that found nothing newer included."),
            figure(
                cells,
                Measure.MEMORY,
                "memory",
                "KiB",
                "Heap in use that each connected, waiting client adds to the server."))
        .flatMap(Optional::stream);
  }

  private static Optional<Figure> figure(
      List<CellSummary> cells, Measure measure, String id, String unit, String says) {
    var data = new ArrayList<Map<String, Object>>();
    var rows = new ArrayList<List<String>>();
    double longest = 0;
    for (CellSummary cell : cells) {
      Spread spread = cell.spread(measure);
      if (spread != null) {
        Map<String, Object> bar = Figures.datum(cell);
        bar.put("value", spread.value());
        bar.put("low", spread.bounds().low());
        bar.put("high", spread.bounds().high());
        bar.put("text", measure.text(spread.value()));
        data.add(bar);
        longest = Math.max(longest, spread.bounds().high());
        rows.add(
            List.of(
                cell.workload().title(),
                cell.label(),
                measure.text(spread.value()),
                measure.text(spread.bounds().low()),
                measure.text(spread.bounds().high())));
      }
    }
    ObjectNode spec = Spec.of("bars", data, List.of());
    long workloads = cells.stream().map(CellSummary::workload).distinct().count();
    spec.put("height", (long) BAR_PIXELS * data.size() + GAP_PIXELS * workloads);
    ObjectNode x = (ObjectNode) spec.at("/encoding/x");
    x.put("title", unit);
    ((ObjectNode) x.get("scale")).put("domainMax", longest == 0 ? 1 : ROOM * longest);
    return Figure.of(
        id,
        measure.title(),
        says + " Thin lines: the 95 % interval. Shorter is better.",
        spec,
        List.of("Workload", "Transport", measure.title(), "95 %, from", "To"),
        rows);
  }
}
