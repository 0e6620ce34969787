package pushlab.report.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.report.herd.HerdPoint;
import pushlab.report.herd.HerdSeries;
import pushlab.report.herd.HerdSituation;
import pushlab.report.herd.HerdWords;
import pushlab.report.herd.Middle;
import pushlab.report.result.herd.HerdEvent;
import pushlab.report.text.Phrase;

/// What a setting does to a herd: one line for each transport, against the reconnect window or the
/// hold spread.
final class HerdFigures {

  /// A logarithmic scale has no place for zero.
  private static final double LEAST_SECONDS = 0.001;

  /// A line. The first line of a figure is solid, the second is dashed.
  ///
  /// @param kind the key of its name
  /// @param value null if it is unknown
  private record Line(
      String kind, Function<HerdPoint, @Nullable Middle> value, Function<Middle, Phrase> text) {}

  private static final Line LAST =
      new Line("last-back", HerdPoint::lastBackSeconds, HerdWords::time);
  private static final Line HALF =
      new Line("half-back", HerdPoint::halfBackSeconds, HerdWords::time);
  private static final Line ATTEMPTS =
      new Line("measured", HerdPoint::mostAttempts, HerdWords::count);
  private static final Line REQUESTS =
      new Line("measured", HerdPoint::mostRequests, HerdWords::count);

  private HerdFigures() {}

  static Stream<Figure> of(List<HerdSituation> all) {
    List<HerdSituation> windows = all.stream().filter(HerdSituation::isOfWindows).toList();
    List<HerdSituation> spreads =
        all.stream().filter(it -> it.event() == HerdEvent.HOLD_END).toList();
    return Stream.of(
            figure("herd-windows", windows, "seconds", LAST, HALF),
            figure("herd-attempts", windows, "attempts-second", ATTEMPTS),
            figure("herd-spread", spreads, "requests-second", REQUESTS))
        .flatMap(Optional::stream);
  }

  /// A figure with fewer than two settings has no lines.
  private static Optional<Figure> figure(
      String id, List<HerdSituation> situations, String unit, Line... lines) {
    var data = new ArrayList<Map<String, Object>>();
    var rows = new ArrayList<List<Phrase>>();
    var choices = new ArrayList<String>();
    for (HerdSituation situation : situations) {
      for (HerdSeries series : situation.series()) {
        for (HerdPoint point : series.points()) {
          for (Line line : lines) {
            Middle value = line.value.apply(point);
            if (value != null) {
              choices.add(HerdWords.title(situation).english());
              data.add(datum(situation, series, point, line, value));
            }
            rows.add(row(situation, series, point, line, value));
          }
        }
      }
    }
    List<Object> settings = data.stream().map(it -> it.get("x")).distinct().sorted().toList();
    if (settings.size() < 2) {
      return Optional.empty();
    }
    ObjectNode spec = Spec.of("herd", data, choices);
    HerdSituation.first(situations).ifPresent(it -> Spec.choose(spec, HerdWords.title(it)));
    boolean spread = id.equals("herd-spread");
    ObjectNode x = (ObjectNode) spec.at("/encoding/x");
    x.put("title", Phrase.of(spread ? "word.hold-spread" : "word.window").english());
    ArrayNode ticks = ((ObjectNode) x.get("axis")).putArray("values");
    settings.forEach(it -> ticks.add((double) it));
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
      y.put("title", Phrase.of("word." + unit).english());
    }
    return Figure.of(
        id,
        id,
        Optional.empty(),
        spec,
        List.of("event", "transport", spread ? "spread" : "window", "what", "value"),
        rows);
  }

  private static Map<String, Object> datum(
      HerdSituation situation, HerdSeries series, HerdPoint point, Line line, Middle value) {
    boolean knee = !line.kind.equals(HALF.kind) && series.isKnee(point);
    var datum = new LinkedHashMap<String, Object>();
    datum.put("transport", Phrase.of(series.transport()).english());
    datum.put("label", HerdWords.label(series).english());
    datum.put("choice", HerdWords.title(situation).english());
    datum.put("x", setting(situation, point));
    datum.put("kind", Phrase.of("word." + line.kind).english());
    datum.put("y", drawn(value.median()));
    datum.put("low", drawn(value.low()));
    datum.put("high", drawn(value.high()));
    if (knee) {
      datum.put("knee", true);
    }
    return datum;
  }

  private static double setting(HerdSituation situation, HerdPoint point) {
    Double spread = point.settings().holdSpread();
    return situation.event() == HerdEvent.HOLD_END
        ? spread == null ? 0 : Figures.rounded(100 * spread)
        : point.windowSeconds();
  }

  private static double drawn(double value) {
    return Figures.rounded(Math.max(LEAST_SECONDS, value));
  }

  private static List<Phrase> row(
      HerdSituation situation,
      HerdSeries series,
      HerdPoint point,
      Line line,
      @Nullable Middle value) {
    return List.of(
        HerdWords.title(situation),
        HerdWords.label(series),
        situation.event() == HerdEvent.HOLD_END
            ? HerdWords.spread(point)
            : HerdWords.window(point.windowSeconds()),
        Phrase.of("word." + line.kind),
        value == null ? HerdWords.lastBack(point) : line.text.apply(value));
  }

  /// The texts of the data.
  static Stream<Phrase> words(List<HerdSituation> situations) {
    return situations.stream()
        .flatMap(
            situation ->
                Stream.concat(
                    Stream.of(HerdWords.title(situation)),
                    situation.series().stream().map(HerdWords::label)));
  }
}
