package pushlab.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Transport;

class JmhSuiteTest {

  private static final List<Transport> ALL = List.of(Transport.values());
  private static final URI UNUSED = URI.create("http://127.0.0.1:1");

  @TempDir Path folder;

  @Test
  void theCommandRunsWhatWasChosenAndWritesItsScore() throws Exception {
    Path json = folder.resolve("jmh.json");
    List<String> command =
        JmhSuite.command(
            JmhSuite.Effort.QUICK, UNUSED, ALL, json, List.of("VersionedStateBenchmark.current"));
    assertThat(run(command)).isZero();
    JsonNode results = ResultsFolder.json().readTree(json.toFile());
    assertThat(results).hasSize(1);
    assertThat(results.at("/0/benchmark").asText()).endsWith("VersionedStateBenchmark.current");
    assertThat(results.at("/0/primaryMetric/score").asDouble()).isPositive();
  }

  @Test
  void aServerThatIsNotThereFailsTheRun() throws Exception {
    List<String> command =
        JmhSuite.command(
            JmhSuite.Effort.QUICK, UNUSED, ALL, folder.resolve("jmh.json"), List.of("Delivery"));
    assertThat(run(command)).isEqualTo(1);
  }

  private static int run(List<String> command) throws Exception {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
