package pushlab.report.figure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Measure;
import pushlab.report.model.Theory;
import pushlab.report.stat.Spread;
import pushlab.report.text.Language;
import pushlab.report.text.Phrase;

/// The cost of a delivery or a connection, and delivery times beyond theory: one bar for each
/// cell.
final class BarFigures {

  /// The ratio of the axis to the longest bar, so that numbers fit behind the bars.
  private static final double ROOM = 1.35;

  private static final int BAR_PIXELS = 20;
  private static final int GAP_PIXELS = 16;

  private BarFigures() {}

  static Stream<Figure> of(List<CellSummary> cells) {
    return Stream.of(
            figure(cells, "theory", Measure.DELIVERY_MEDIAN, Theory::deliveryMedianMicros),
            figure(cells, "cpu", Measure.SERVER_CPU),
            figure(cells, "bytes", Measure.BYTES),
            figure(cells, "requests", Measure.REQUESTS),
            figure(cells, "memory", Measure.MEMORY))
        .flatMap(Optional::stream);
  }

  private static Optional<Figure> figure(List<CellSummary> cells, String id, Measure measure) {
    return figure(cells, id, measure, _ -> 0);
  }

  /// @param theory what is subtracted before a value is drawn
  private static Optional<Figure> figure(
      List<CellSummary> cells, String id, Measure measure, ToDoubleFunction<CellSummary> theory) {
    var data = new ArrayList<Map<String, Object>>();
    var rows = new ArrayList<List<Phrase>>();
    double unit = measure.drawnUnit();
    double longest = 0;
    for (CellSummary cell : cells) {
      Spread spread = cell.spread(measure);
      if (spread != null) {
        double off = theory.applyAsDouble(cell);
        Map<String, Object> bar = Figures.datum(cell);
        bar.put("value", Figures.rounded((spread.value() - off) / unit));
        bar.put("low", Figures.rounded((spread.bounds().low() - off) / unit));
        bar.put("high", Figures.rounded((spread.bounds().high() - off) / unit));
        bar.put("text", measure.text(spread.value() - off, Language.ENGLISH));
        data.add(bar);
        longest = Math.max(longest, (spread.bounds().high() - off) / unit);
        rows.add(row(cell, measure, spread, off));
      }
    }
    ObjectNode spec = Spec.of("bars", data, List.of());
    long workloads = cells.stream().map(CellSummary::workload).distinct().count();
    spec.put("height", (long) BAR_PIXELS * data.size() + GAP_PIXELS * workloads);
    ObjectNode x = (ObjectNode) spec.at("/encoding/x");
    x.put("title", Phrase.of("word." + measure.id()).english());
    ((ObjectNode) x.get("scale")).put("domainMax", longest <= 0 ? 1 : ROOM * longest);
    return Figure.of(
        id,
        id,
        Seen.of(cells, measure),
        spec,
        List.of("workload", "transport", "measured", "from", "to", "theory", "left"),
        rows);
  }

  private static List<Phrase> row(CellSummary cell, Measure measure, Spread spread, double off) {
    return List.of(
        cell.workload().phrase(),
        cell.phrase(),
        measure.phrase(spread.value()),
        measure.phrase(spread.bounds().low()),
        measure.phrase(spread.bounds().high()),
        measure.phrase(off),
        measure.phrase(spread.value() - off));
  }
}
