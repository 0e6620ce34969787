package pushlab.report.figure;

import static java.util.Comparator.comparingDouble;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pushlab.report.judge.JmhScore;
import pushlab.report.text.Language;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// The costs of parts of the server, each measured alone: one figure for each unit.
final class JmhFigures {

  /// A logarithmic axis has no zero, so an error bar that is as long as its score is cut off
  /// here.
  private static final double SMALLEST_SHARE = 0.01;

  /// Vega-Lite builds an expression from an axis title; a line break in the title ends that
  /// expression.
  private static final Pattern NO_UNIT = Pattern.compile("[^\\p{L}\\p{N}/%. -]");

  private static final int LINE_PIXELS = 14;
  private static final int GAP_PIXELS = 6;

  private JmhFigures() {}

  static Stream<Figure> of(List<JmhScore> scores) {
    var byUnit =
        scores.stream()
            .collect(Collectors.groupingBy(JmhScore::unit, TreeMap::new, Collectors.toList()));
    return byUnit.entrySet().stream()
        .map(unit -> figure(unit.getKey(), unit.getValue()))
        .flatMap(Optional::stream);
  }

  private static Optional<Figure> figure(String unit, List<JmhScore> scores) {
    var data = new ArrayList<Map<String, Object>>();
    var rows = new ArrayList<List<Phrase>>();
    long lines = 1;
    for (JmhScore score : scores) {
      Double error = score.error();
      double margin = error == null ? 0 : error;
      rows.add(
          List.of(
              Phrase.verbatim(score.benchmark()),
              Phrase.verbatim(score.parameters()),
              Phrase.verbatim(score.mode()),
              Phrase.joined(
                  " ",
                  List.of(Phrase.number(score.score(), Text::significant), Phrase.verbatim(unit))),
              Phrase.known(error, Text::significant),
              Phrase.known(score.bytesPerOperation(), Text::significant),
              Phrase.known(score.cpuMicrosPerOperation(), Text::significant)));
      if (score.score() > 0) {
        var datum = new LinkedHashMap<String, Object>();
        String label = label(score);
        lines = Math.max(lines, label.lines().count());
        datum.put("benchmark", label);
        datum.put("score", score.score());
        datum.put("low", Math.max(SMALLEST_SHARE * score.score(), score.score() - margin));
        datum.put("high", score.score() + margin);
        datum.put("text", Text.significant(score.score(), Language.ENGLISH));
        data.add(datum);
      }
    }
    ObjectNode spec = Spec.of("jmh", data, List.of());
    spec.put("height", (GAP_PIXELS + LINE_PIXELS * lines) * data.size());
    ((ObjectNode) spec.at("/encoding/x")).put("title", NO_UNIT.matcher(unit).replaceAll(" "));
    return Figure.of(
        "jmh-" + unit.replaceAll("[^A-Za-z0-9]+", "-"),
        unit.startsWith("ops") ? "jmh.rate" : "jmh.time",
        seen(scores),
        spec,
        List.of("benchmark", "parameters", "mode", "score", "error", "allocated", "cpu"),
        rows);
  }

  private static Optional<Phrase> seen(List<JmhScore> scores) {
    JmhScore least = scores.stream().min(comparingDouble(JmhScore::score)).orElseThrow();
    JmhScore most = scores.stream().max(comparingDouble(JmhScore::score)).orElseThrow();
    return Optional.of(
        Phrase.of(
            "seen.jmh",
            name(least),
            Phrase.number(least.score(), Text::significant),
            name(most),
            Phrase.number(most.score(), Text::significant),
            most.unit()));
  }

  private static String name(JmhScore score) {
    return (score.benchmark() + " " + score.parameters()).strip();
  }

  /// One line for the method and one for each parameter, because there is little room beside the
  /// axis.
  private static String label(JmhScore score) {
    String method = score.benchmark().replace("Benchmark.", ".");
    return score.parameters().isEmpty()
        ? method
        : method + "\n" + score.parameters().replace(' ', '\n');
  }
}
