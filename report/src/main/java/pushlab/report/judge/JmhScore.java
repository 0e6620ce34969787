package pushlab.report.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.BrokenResultException;
import pushlab.report.result.Expected;
import pushlab.report.result.Flaw;
import pushlab.report.result.ResultsFolder;

/// One line of JMH's results.
///
/// @param benchmark class and method, without the package
/// @param parameters for example `waiters=100`; empty if the benchmark has none
/// @param mode JMH's short name, for example `avgt`
/// @param unit for example `us/op`
/// @param error half of the 99.9 % confidence interval; null if JMH does not give it
/// @param bytesPerOperation what all threads allocated; null if JMH did not profile it
/// @param cpuMicrosPerOperation CPU time of all threads; null if JMH did not profile it
public record JmhScore(
    String benchmark,
    String parameters,
    String mode,
    String unit,
    double score,
    @Nullable Double error,
    @Nullable Double bytesPerOperation,
    @Nullable Double cpuMicrosPerOperation) {

  /// The scores in `file`; empty when there is no such file.
  ///
  /// @throws BrokenResultException if it is not in JMH's format
  public static List<JmhScore> read(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      JsonNode results = ResultsFolder.json().readTree(Files.readAllBytes(file));
      if (!results.isArray()) {
        throw new BrokenResultException(file, Expected.JMH, Flaw.NO_LIST.said());
      }
      var scores = new ArrayList<JmhScore>();
      for (JsonNode result : results) {
        scores.add(of(result));
      }
      return scores;
    } catch (IOException | IllegalArgumentException e) {
      throw new BrokenResultException(file, Expected.JMH, e);
    }
  }

  static JmhScore of(JsonNode result) {
    var parameters = new ArrayList<String>();
    for (var parameter : result.path("params").properties()) {
      // The target is where the server happened to listen: it tells no two benchmarks apart.
      if (!parameter.getKey().equals("target")) {
        parameters.add(parameter.getKey() + "=" + parameter.getValue().asText());
      }
    }
    JsonNode metric = result.required("primaryMetric");
    JsonNode profiled = result.path("secondaryMetrics");
    return new JmhScore(
        withoutPackage(result.required("benchmark").asText()),
        String.join(" ", parameters),
        result.path("mode").asText(),
        metric.required("scoreUnit").asText(),
        number(metric.required("score")),
        known(metric.path("scoreError")),
        known(profiled.path("gc.alloc.rate.norm").path("score")),
        known(profiled.path("cpu.norm").path("score")));
  }

  private static @Nullable Double known(JsonNode node) {
    double number = number(node);
    return Double.isFinite(number) ? number : null;
  }

  /// JMH writes what is not a number as the text `"NaN"`.
  private static double number(JsonNode node) {
    return node.isNumber() ? node.doubleValue() : Double.NaN;
  }

  private static String withoutPackage(String benchmark) {
    int method = benchmark.lastIndexOf('.');
    return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
  }
}
