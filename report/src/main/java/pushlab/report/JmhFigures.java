package pushlab.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the parts of the server cost alone, a figure a unit.
final class JmhFigures {

  /// A logarithmic axis has no place for zero: an error as large as its score is cut off here.
  private static final double SMALLEST_SHARE = 0.01;

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
    var rows = new ArrayList<List<String>>();
    long lines = 1;
    for (JmhScore score : scores) {
      Double error = score.error();
      double margin = error == null ? 0 : error;
      rows.add(
          List.of(
              score.benchmark(),
              score.parameters(),
              score.mode(),
              Text.significant(score.score()),
              known(error),
              known(score.bytesPerOperation()),
              known(score.cpuMicrosPerOperation())));
      if (score.score() > 0) {
        var datum = new LinkedHashMap<String, Object>();
        String label = label(score);
        lines = Math.max(lines, label.lines().count());
        datum.put("benchmark", label);
        datum.put("score", score.score());
        datum.put("low", Math.max(SMALLEST_SHARE * score.score(), score.score() - margin));
        datum.put("high", score.score() + margin);
        datum.put("text", Text.significant(score.score()));
        data.add(datum);
      }
    }
    ObjectNode spec = Spec.of("jmh", data, List.of());
    spec.put("height", (GAP_PIXELS + LINE_PIXELS * lines) * data.size());
    ((ObjectNode) spec.at("/encoding/x")).put("title", unit);
    return Figure.of(
        "jmh-" + unit.replaceAll("[^A-Za-z0-9]+", "-"),
        "JMH, " + unit,
        "The parts of the server alone, measured by JMH; lines: the 99.9 % confidence interval. "
            + (unit.startsWith("ops") ? "Further right is better." : "Further left is better."),
        spec,
        List.of(
            "Benchmark",
            "Parameters",
            "Mode",
            "Score, " + unit,
            "Error, " + unit,
            "Allocated, B/op",
            "CPU, µs/op"),
        rows);
  }

  /// A line for the method and one for each parameter: there is not much room beside the axis.
  private static String label(JmhScore score) {
    String method = score.benchmark().replace("Benchmark.", ".");
    return score.parameters().isEmpty()
        ? method
        : method + "\n" + score.parameters().replace(' ', '\n');
  }

  private static String known(@Nullable Double number) {
    return number == null ? "not known" : Text.significant(number);
  }
}
