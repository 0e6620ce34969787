package pushlab.report.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import pushlab.report.herd.HerdPoint;
import pushlab.report.herd.HerdSeries;
import pushlab.report.herd.HerdSituation;
import pushlab.report.herd.HerdWords;
import pushlab.report.result.herd.HerdTrial;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// What arrives in a second, over time: one view for each reconnect window, one below the other.
/// The first trial of each window is drawn.
final class ArrivalsFigure {

  /// More steps than these are drawn together.
  private static final int STEPS = 80;

  /// How many windows are drawn, besides the knee.
  private static final int VIEWS = 4;

  /// What happened in a step.
  ///
  /// @param key of its name
  private record Kind(String key, ToIntFunction<HerdTrial.Step> count) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("attempts", HerdTrial.Step::attempts),
          new Kind("requests", HerdTrial.Step::requests),
          new Kind("back", HerdTrial.Step::back));

  /// Counts of a trial in steps that are wide enough for a drawing.
  private record Course(double stepSeconds, List<Integer> counts) {

    double busiest() {
      return counts.stream().mapToInt(it -> it).max().orElse(0) / stepSeconds;
    }

    double busiestAt() {
      double most = busiest();
      for (int at = 0; at < counts.size(); at++) {
        if (counts.get(at) / stepSeconds >= most) {
          return at * stepSeconds;
        }
      }
      return 0;
    }
  }

  private ArrivalsFigure() {}

  static Optional<Figure> of(List<HerdSituation> all) {
    List<HerdSituation> situations = all.stream().filter(HerdSituation::isOfWindows).toList();
    var data = new ArrayList<Map<String, Object>>();
    var rows = new ArrayList<List<Phrase>>();
    var choices = new ArrayList<String>();
    for (HerdSituation situation : situations) {
      for (HerdSeries series : situation.series()) {
        for (HerdPoint point : drawn(series)) {
          choices.add(choice(situation, series).english());
          for (Kind kind : KINDS) {
            Course course = course(point.all().getFirst(), kind);
            data.add(datum(situation, series, point, kind, course));
            rows.add(row(situation, series, point, kind, course));
          }
        }
      }
    }
    ObjectNode spec = Spec.of("arrivals", data, choices);
    HerdSituation.first(situations).ifPresent(it -> Spec.choose(spec, choice(it, it.first())));
    ArrayNode kinds = (ArrayNode) spec.at("/spec/encoding/color/scale/domain");
    KINDS.forEach(kind -> kinds.add(Phrase.of("word." + kind.key).english()));
    ((ArrayNode) spec.at("/spec/encoding/strokeDash/scale/domain")).addAll(kinds);
    return Figure.of(
        "herd-arrivals",
        "herd-arrivals",
        Optional.empty(),
        spec,
        List.of("event", "window", "what", "busiest", "busiest-at"),
        rows);
  }

  /// The windows that are drawn: the smallest, the knee, the largest and some between them.
  private static List<HerdPoint> drawn(HerdSeries series) {
    List<HerdPoint> points = series.points();
    int last = points.size() - 1;
    var chosen = new TreeSet<Integer>();
    series.knee().map(points::indexOf).ifPresent(chosen::add);
    for (int view = 0; view < VIEWS; view++) {
      chosen.add(Math.round((float) view * last / (VIEWS - 1)));
    }
    return chosen.stream().map(points::get).toList();
  }

  private static Course course(HerdTrial trial, Kind kind) {
    int wide = Math.max(1, (int) Math.ceil((double) trial.timeline().size() / STEPS));
    var counts = new ArrayList<Integer>();
    for (int at = 0; at < trial.timeline().size(); at += wide) {
      int to = Math.min(trial.timeline().size(), at + wide);
      counts.add(trial.timeline().subList(at, to).stream().mapToInt(kind.count).sum());
    }
    return new Course(wide * trial.stepMillis() / 1000.0, counts);
  }

  private static Map<String, Object> datum(
      HerdSituation situation, HerdSeries series, HerdPoint point, Kind kind, Course course) {
    var datum = new LinkedHashMap<String, Object>();
    datum.put("choice", choice(situation, series).english());
    datum.put("window", view(point).english());
    datum.put("order", point.windowSeconds());
    datum.put("kind", Phrase.of("word." + kind.key).english());
    var at = new ArrayList<Double>();
    var value = new ArrayList<Double>();
    for (int step = 0; step < course.counts.size(); step++) {
      at.add(Figures.rounded(step * course.stepSeconds));
      value.add(Figures.rounded(course.counts.get(step) / course.stepSeconds));
    }
    datum.put("at", at);
    datum.put("value", value);
    return datum;
  }

  private static List<Phrase> row(
      HerdSituation situation, HerdSeries series, HerdPoint point, Kind kind, Course course) {
    return List.of(
        choice(situation, series),
        HerdWords.window(point.windowSeconds()),
        Phrase.of("word." + kind.key),
        Phrase.number(course.busiest(), Text::count),
        Phrase.number(course.busiestAt(), Text::seconds));
  }

  private static Phrase view(HerdPoint point) {
    return Phrase.of("herd.view", HerdWords.window(point.windowSeconds()));
  }

  private static Phrase choice(HerdSituation situation, HerdSeries series) {
    return Phrase.joined(", ", List.of(HerdWords.title(situation), HerdWords.label(series)));
  }

  /// The texts of the data.
  static Stream<Phrase> words(List<HerdSituation> situations) {
    return situations.stream()
        .flatMap(
            situation ->
                situation.series().stream()
                    .flatMap(
                        series ->
                            Stream.concat(
                                Stream.of(choice(situation, series)),
                                series.points().stream().map(ArrivalsFigure::view))));
  }
}
