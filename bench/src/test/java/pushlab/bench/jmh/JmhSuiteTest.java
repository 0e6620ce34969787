package pushlab.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pushlab.bench.jmh.ways.Way;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Transport;

class JmhSuiteTest {

  private static final List<Transport> ALL = List.of(Transport.values());
  private static final URI UNUSED = URI.create("http://127.0.0.1:1");

  @TempDir Path folder;

  /// Runs every benchmark once, very briefly: tests what they measure, and not how fast they are.
  @Test
  void everyBenchmarkRunsAndIsProfiled() throws Exception {
    Path json = folder.resolve("jmh.json");
    List<String> chosen = List.of("-p", "waiting=10", "-p", "characters=8", "-e", "Delivery", ".*");
    assertThat(run(JmhSuite.command(JmhSuite.Effort.ONCE, UNUSED, ALL, json, chosen))).isZero();
    JsonNode results = ResultsFolder.json().readTree(json.toFile());
    assertThat(results)
        .extracting(result -> withoutMethod(result.path("benchmark").asText()))
        .contains(
            "EncodingBenchmark",
            "TimeOutBenchmark",
            "VersionedStateBenchmark",
            "WakeUpBenchmark",
            "WritersBenchmark",
            "samples.ConstantFolding",
            "samples.DeadCode",
            "samples.Loops",
            "samples.StateNotShared",
            "samples.WaitersNotParked");
    assertThat(results)
        .allSatisfy(
            result -> {
              assertThat(result.at("/primaryMetric/score").asDouble()).isPositive();
              assertThat(result.at("/secondaryMetrics/cpu.norm/score").isNumber()).isTrue();
              assertThat(result.at("/secondaryMetrics/gc.alloc.rate.norm/score").isNumber())
                  .isTrue();
            });
    assertThat(results)
        .filteredOn(result -> result.path("benchmark").asText().endsWith("updateAndWakeUp"))
        .extracting(result -> result.at("/params/way").asText())
        .containsExactlyInAnyOrder(
            Stream.of(Way.Kind.values()).map(Way.Kind::name).toArray(String[]::new));
  }

  @Test
  void aRunMeasuresTheStateAndEachDelivery() throws Exception {
    for (List<String> choice : List.of(JmhSuite.OWN, JmhSuite.BESIDE_OTHERS)) {
      Path out = folder.resolve("out");
      assertThat(
              new ProcessBuilder(JmhSuite.listing(choice))
                  .redirectOutput(out.toFile())
                  .start()
                  .waitFor())
          .isZero();
      assertThat(Files.readAllLines(out).stream().skip(1).map(JmhSuiteTest::withoutPackage))
          .containsExactlyInAnyOrder(
              "DeliveryBenchmark.delivery",
              "VersionedStateBenchmark.current",
              "WakeUpBenchmark.update",
              "WakeUpBenchmark.updateAndWakeUp");
    }
  }

  @Test
  void aMissingServerFailsTheBenchmark() throws Exception {
    List<String> command =
        JmhSuite.command(
            JmhSuite.Effort.QUICK, UNUSED, ALL, folder.resolve("jmh.json"), List.of("Delivery"));
    assertThat(run(command)).isEqualTo(1);
  }

  private static String withoutPackage(String benchmark) {
    return benchmark.replace("pushlab.bench.jmh.", "");
  }

  private static String withoutMethod(String benchmark) {
    return withoutPackage(benchmark).replaceFirst("\\.[^.]*$", "");
  }

  private static int run(List<String> command) throws Exception {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
