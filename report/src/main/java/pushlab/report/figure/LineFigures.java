package pushlab.report.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Workload;
import pushlab.report.model.Theory;
import pushlab.report.stat.Interval;
import pushlab.report.text.Phrase;

/// How a measure changes with the number of clients or with the update rate: one line for each
/// transport.
final class LineFigures {

  /// The horizontal axis of a figure, and the choice that its reader has.
  private record Axis(
      String key,
      String choiceKey,
      ToDoubleFunction<CellSummary> x,
      Function<CellSummary, Phrase> choice) {

    static final Axis CLIENTS =
        new Axis(
            "clients", "choice.rate", cell -> cell.subject().clients(), CellSummary::ratePhrase);
    static final Axis RATE =
        new Axis(
            "rate",
            "choice.clients",
            cell -> cell.subject().updatesPerSecond(),
            CellSummary::clientsPhrase);

    static final Axis ROUND_TRIP =
        new Axis(
            "round-trip",
            "workload-choice",
            cell -> cell.network() == null ? 0 : cell.network().roundTripMillis(),
            cell -> cell.workload().over(null).phrase());

    String title() {
      return Phrase.of("word." + key).english();
    }
  }

  /// A line. The first line of a figure is solid, the second is dashed.
  ///
  /// @param kind the key of its name
  private record Line(String kind, Function<CellSummary, Optional<Point>> point) {}

  private record Point(double value, Interval bounds) {}

  /// The axis of round trips is linear up to about this, since loopback has none.
  private static final int SYMLOG_MILLIS = 10;

  private LineFigures() {}

  /// The figures of `all`. If cells differ in tasks or in the length of a status, only those with
  /// the lowest of each are drawn.
  static Stream<Figure> of(List<CellSummary> all) {
    int tasks = all.stream().mapToInt(cell -> cell.subject().tasks()).min().orElse(1);
    int payload = all.stream().mapToInt(cell -> cell.subject().payload()).min().orElse(1);
    List<CellSummary> cells =
        all.stream()
            .filter(cell -> cell.subject().tasks() == tasks && cell.subject().payload() == payload)
            .toList();
    return Stream.of(
            figure(
                cells,
                "clients",
                Axis.CLIENTS,
                Measure.DELIVERY_P99,
                "log",
                measured("median", Measure.DELIVERY_MEDIAN),
                measured("p99", Measure.DELIVERY_P99)),
            figure(cells, "herd", Axis.CLIENTS, Measure.HERD, "log", measured(Measure.HERD)),
            figure(
                cells,
                "cpu-clients",
                Axis.CLIENTS,
                Measure.SERVER_CPU,
                "log",
                measured(Measure.SERVER_CPU)),
            figure(
                cells,
                "staleness",
                Axis.RATE,
                Measure.STALENESS,
                "log",
                measured(Measure.STALENESS),
                new Line("theory", LineFigures::staleness)),
            figure(
                cells,
                "requests-rate",
                Axis.RATE,
                Measure.REQUESTS,
                "linear",
                measured(Measure.REQUESTS)),
            figure(cells, "bytes-rate", Axis.RATE, Measure.BYTES, "log", measured(Measure.BYTES)))
        .flatMap(Optional::stream);
  }

  /// Medians against the round trip, with theory over them; empty if all cells have the same one.
  ///
  /// @param lead the workload that is shown at first
  static Optional<Figure> byRoundTrip(List<CellSummary> cells, Workload lead) {
    Optional<Figure> figure =
        figure(
            cells,
            "networks",
            Axis.ROUND_TRIP,
            Measure.DELIVERY_MEDIAN,
            "log",
            measured(Measure.DELIVERY_MEDIAN),
            new Line("theory", LineFigures::median));
    figure.ifPresent(
        it -> {
          ((ObjectNode) it.spec().at("/params/0")).put("value", lead.title());
          ObjectNode scale = (ObjectNode) it.spec().at("/encoding/x/scale");
          scale.put("type", "symlog").put("constant", SYMLOG_MILLIS);
        });
    return figure;
  }

  /// Empty over loopback for a push, which theory has at zero, where a logarithmic axis ends.
  private static Optional<Point> median(CellSummary cell) {
    double micros = Theory.deliveryMedianMicros(cell);
    return micros == 0
        ? Optional.empty()
        : Optional.of(new Point(micros, new Interval(micros, micros)));
  }

  private static Line measured(Measure measure) {
    return measured("measured", measure);
  }

  private static Line measured(String kind, Measure measure) {
    return new Line(
        kind,
        cell ->
            Optional.ofNullable(cell.spread(measure))
                .map(spread -> new Point(spread.value(), spread.bounds())));
  }

  private static Optional<Point> staleness(CellSummary cell) {
    return Theory.stalenessMillis(cell)
        .map(millis -> new Point(millis, new Interval(millis, millis)));
  }

  private static Optional<Figure> figure(
      List<CellSummary> cells, String id, Axis axis, Measure measure, String scale, Line... lines) {
    if (cells.stream().mapToDouble(axis.x).distinct().count() < 2) {
      return Optional.empty();
    }
    double unit = measure.drawnUnit();
    var data = new ArrayList<Map<String, Object>>();
    var rows = new ArrayList<List<Phrase>>();
    var choices = new ArrayList<String>();
    for (CellSummary cell : cells) {
      for (Line line : lines) {
        line.point
            .apply(cell)
            .ifPresent(
                point -> {
                  choices.add(axis.choice.apply(cell).english());
                  data.add(datum(cell, axis, line, point, unit, scale));
                  rows.add(row(cell, measure, line, point));
                });
      }
    }
    ObjectNode spec = Spec.of("lines", data, choices);
    if (spec.at("/params/0/bind") instanceof ObjectNode bind) {
      bind.put("name", Phrase.of("word." + axis.choiceKey).english());
    }
    ((ObjectNode) spec.at("/encoding/x")).put("title", axis.title());
    ObjectNode dash = (ObjectNode) spec.at("/layer/1/encoding/strokeDash");
    ArrayNode kinds = (ArrayNode) dash.at("/scale/domain");
    for (Line line : lines) {
      kinds.add(Phrase.of("word." + line.kind).english());
    }
    if (lines.length == 1) {
      dash.putNull("legend");
    }
    for (int layer = 0; layer < spec.get("layer").size(); layer++) {
      ObjectNode y = (ObjectNode) spec.get("layer").get(layer).at("/encoding/y");
      y.put("title", Phrase.of("word." + measure.id()).english());
      ((ObjectNode) y.get("scale")).put("type", scale);
    }
    return Figure.of(
        id,
        id,
        Seen.of(cells, measure),
        spec,
        List.of("workload", "transport", "what", "value", "from", "to"),
        rows);
  }

  private static Map<String, Object> datum(
      CellSummary cell, Axis axis, Line line, Point point, double unit, String scale) {
    Map<String, Object> datum = new LinkedHashMap<>();
    datum.put("transport", Phrase.of(cell.transport()).english());
    datum.put("label", cell.label());
    datum.put("choice", axis.choice.apply(cell).english());
    datum.put("x", axis.x.applyAsDouble(cell));
    datum.put("kind", Phrase.of("word." + line.kind).english());
    // A logarithmic scale has no place for zero.
    double least = scale.equals("log") ? 0.001 : Double.NEGATIVE_INFINITY;
    datum.put("y", Figures.rounded(Math.max(least, point.value / unit)));
    datum.put("low", Figures.rounded(Math.max(least, point.bounds.low() / unit)));
    datum.put("high", Figures.rounded(Math.max(least, point.bounds.high() / unit)));
    return datum;
  }

  private static List<Phrase> row(CellSummary cell, Measure measure, Line line, Point point) {
    return List.of(
        cell.workload().phrase(),
        cell.phrase(),
        Phrase.of("word." + line.kind),
        measure.phrase(point.value),
        measure.phrase(point.bounds.low()),
        measure.phrase(point.bounds.high()));
  }
}
