package pushlab.report.figure;

import static java.util.Comparator.comparingLong;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Workload;
import pushlab.report.stat.Interval;
import pushlab.report.stat.Spread;
import pushlab.report.text.Format;
import pushlab.report.text.Language;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// How late and how expensive each transport is in one workload: delivery times on a logarithmic
/// axis, and beside them the CPU time and the bytes of a delivery.
final class DifferenceFigure {

  /// The views of the spec, in their order, by the key of their title.
  private static final List<String> VIEWS = List.of("time", "cpu", "bytes");

  /// A logarithmic axis has no place for zero; in milliseconds.
  private static final double LEAST = 0.001;

  /// The least ratio between the longest and the shortest time on the axis.
  private static final double DECADE = 10;

  /// The share of the logarithmic axis beside the lines, for the numbers.
  private static final double ROOM = 0.4;

  /// What the table of the same data shows.
  private static final List<Measure> MEASURES =
      List.of(Measure.DELIVERY_MEDIAN, Measure.DELIVERY_P99, Measure.SERVER_CPU, Measure.BYTES);

  private static final List<Phrase> COLUMNS =
      Stream.concat(
              Stream.of("column.workload", "column.transport").map(Phrase::of),
              MEASURES.stream().map(Measure::phrase))
          .toList();

  private DifferenceFigure() {}

  /// Empty if no cell has a delivery time. The reader can choose the workload.
  static Optional<Figure> of(List<CellSummary> all) {
    List<CellSummary> cells = drawn(all);
    if (cells.isEmpty()) {
      return Optional.empty();
    }
    List<Map<String, Object>> data = cells.stream().map(DifferenceFigure::datum).toList();
    Workload first = first(cells);
    ObjectNode spec =
        Spec.of("difference", data, cells.stream().map(cell -> cell.workload().title()).toList());
    ObjectNode choice = (ObjectNode) spec.at("/params/0");
    choice.put("value", first.title());
    if (choice.get("bind") instanceof ObjectNode bind) {
      bind.put("name", word("workload-choice"));
    }
    for (int view = 0; view < VIEWS.size(); view++) {
      ((ObjectNode) spec.at("/concat/" + view)).put("title", word("first." + VIEWS.get(view)));
    }
    fitTimes((ObjectNode) spec.at("/concat/0/layer/0/encoding/x"), data);
    Phrase title = Phrase.of("figure.difference");
    return Optional.of(
        new Figure(
            "difference",
            title,
            Phrase.of("figure.difference.means"),
            spec.put("description", title.english()),
            COLUMNS,
            cells.stream().map(DifferenceFigure::row).toList()));
  }

  /// The cells whose delivery times are known.
  static List<CellSummary> drawn(List<CellSummary> cells) {
    return cells.stream()
        .filter(cell -> cell.spread(Measure.DELIVERY_MEDIAN) != null)
        .filter(cell -> cell.spread(Measure.DELIVERY_P99) != null)
        .toList();
  }

  /// From the median to the 99th percentile.
  static Phrase times(CellSummary cell) {
    Spread median = known(cell, Measure.DELIVERY_MEDIAN);
    var times = new Interval(median.value(), known(cell, Measure.DELIVERY_P99).value());
    Format format = Measure.DELIVERY_MEDIAN::text;
    return Text.isOnePoint(times, format)
        ? Phrase.number(median.value(), format)
        : Phrase.of(times, format);
  }

  /// The workload in which most cells can be compared; of several, the heaviest.
  private static Workload first(List<CellSummary> cells) {
    return cells.stream()
        .map(CellSummary::workload)
        .max(
            comparingLong((Workload workload) -> comparable(cells, workload))
                .thenComparingDouble(Workload::deliveriesPerSecond)
                .thenComparingInt(Workload::clients))
        .orElseThrow();
  }

  private static long comparable(List<CellSummary> cells, Workload workload) {
    return cells.stream()
        .filter(cell -> cell.workload().equals(workload) && cell.unfit().isEmpty())
        .count();
  }

  private static Map<String, Object> datum(CellSummary cell) {
    Map<String, Object> datum = Figures.datum(cell);
    Spread median = known(cell, Measure.DELIVERY_MEDIAN);
    Spread rare = known(cell, Measure.DELIVERY_P99);
    datum.put("median", millis(median.value()));
    datum.put("p99", millis(rare.value()));
    datum.put("timeLow", millis(median.bounds().low()));
    datum.put("timeHigh", millis(Math.max(rare.value(), rare.bounds().high())));
    datum.put("timeText", times(cell).english());
    putCost(datum, "cpu", cell, Measure.SERVER_CPU);
    putCost(datum, "bytes", cell, Measure.BYTES);
    return datum;
  }

  /// A cost that is not known is not drawn.
  private static void putCost(
      Map<String, Object> datum, String field, CellSummary cell, Measure measure) {
    Spread spread = cell.spread(measure);
    if (spread != null) {
      datum.put(field, Figures.rounded(spread.value()));
      datum.put(field + "Low", Figures.rounded(spread.bounds().low()));
      datum.put(field + "High", Figures.rounded(spread.bounds().high()));
      datum.put(field + "Text", measure.text(spread.value(), Language.ENGLISH));
    }
  }

  /// The same axis for all workloads, so that they can be compared.
  private static void fitTimes(ObjectNode axis, List<Map<String, Object>> data) {
    double low = times(data, "timeLow").min().orElseThrow();
    double high = times(data, "timeHigh").max().orElseThrow();
    double ratio = Math.max(DECADE, high / low);
    double end = high * Math.pow(ratio, ROOM);
    ((ObjectNode) axis.get("scale"))
        .putArray("domain")
        .add(Figures.rounded(low / 1.5))
        .add(Figures.rounded(end));
    ArrayNode ticks = ((ObjectNode) axis.get("axis")).putArray("values");
    for (double tick = LEAST; tick <= high * DECADE; tick *= DECADE) {
      if (tick >= low / 1.5 && tick <= end) {
        ticks.add(tick);
      }
    }
  }

  private static DoubleStream times(List<Map<String, Object>> data, String field) {
    return data.stream().mapToDouble(datum -> (Double) datum.get(field));
  }

  private static double millis(double micros) {
    return Figures.rounded(Math.max(LEAST, micros / Measure.DELIVERY_MEDIAN.drawnUnit()));
  }

  private static String word(String key) {
    return Phrase.of("word." + key).english();
  }

  private static List<Phrase> row(CellSummary cell) {
    return Stream.concat(
            Stream.of(cell.workload().phrase(), cell.phrase()),
            MEASURES.stream().map(measure -> value(cell, measure)))
        .toList();
  }

  private static Phrase value(CellSummary cell, Measure measure) {
    Spread spread = cell.spread(measure);
    return spread == null ? Phrase.of("unknown") : measure.phrase(spread.value());
  }

  private static Spread known(CellSummary cell, Measure measure) {
    return requireNonNull(cell.spread(measure));
  }
}
