package pushlab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Workload;
import pushlab.report.model.Estimate;
import pushlab.report.model.Model;
import pushlab.report.result.Cell;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Transport;

/// The calculator of the page and the model in Java, which compute the same.
class ModelInBrowserTest {

  /// The measures of one transport, by the page: `[value, low, high]` each, by the id of the
  // measure.
  private static final String CALCULATED =
      """
      async ([transport, clients, updatesPerSecond, tasks]) => {
        const { calculate } = await import('#model/calculator.js');
        const { defaults } = await import('#model/settings.js');
        const { model } = JSON.parse(document.getElementById('model').textContent);
        const { lowest, highest } =
          model.transports.find((it) => it.transport === transport).payloadBytes;
        const settings = {
          ...defaults(model), payloadBytes: (lowest + highest) / 2, clients, updatesPerSecond, tasks, roundTripMillis: 0, tls: 'none' };
        const { values } = calculate(model, settings).find((it) => it.transport === transport);
        const deliveries = clients * (updatesPerSecond / tasks) * values.versionsSeen.value;
        const numbers = ({ value, low, high }, by = 1) => [value, low, high].map((it) => it / by);
        const bytes = ['value', 'low', 'high'].map((end) =>
          (values.bytesOutPerMonth[end] + values.bytesInPerMonth[end]) / (3600 * 730) / deliveries);
        return {
          deliveryMedianMicros: numbers(values.deliveryMedianMicros),
          deliveryP99Micros: numbers(values.deliveryP99Micros),
          stalenessMillis: numbers(values.stalenessMillis),
          serverCpuMicrosPerDelivery: numbers(values.cores, deliveries / 1e6),
          bytesPerDelivery: bytes,
          requestsPerDelivery: numbers(values.requestsPerSecond, deliveries),
        };
      }""";

  private static final List<Workload> WORKLOADS =
      List.of(
          new Workload(100, 0.2, 1, Cell.PAYLOAD),
          new Workload(10, 0.2, 1, Cell.PAYLOAD),
          new Workload(1000, 1, 1, Cell.PAYLOAD),
          new Workload(10_000, 0.2, 1, Cell.PAYLOAD),
          new Workload(300, 5, 1, Cell.PAYLOAD),
          new Workload(100, 40, 10, Cell.PAYLOAD));

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void agree() throws IOException {
    ResultsFolder results = Folders.copy(Folders.SAMPLE, folder);
    Model model = Findings.read(results).model();
    Page page = browser.open(Report.write(results).html(), new NewContextOptions());
    for (Transport transport : model.transports().stream().map(it -> it.transport()).toList()) {
      for (Workload workload : WORKLOADS) {
        @SuppressWarnings("unchecked")
        var calculated =
            (Map<String, List<Number>>)
                page.evaluate(
                    CALCULATED,
                    List.of(
                        transport.id(),
                        workload.clients(),
                        workload.updatesPerSecond(),
                        workload.tasks()));
        calculated.forEach(
            (measure, numbers) ->
                assertClose(
                    transport + " " + workload.title() + " " + measure,
                    numbers,
                    model.estimate(transport, workload, of(measure)).orElseThrow()));
      }
    }
  }

  /// @param numbers value, lower and upper bound
  private static void assertClose(String name, List<Number> numbers, Estimate expected) {
    double value = numbers.getFirst().doubleValue();
    assertThat(value).as(name).isCloseTo(expected.value(), withinPercentage(1));
    double above = numbers.getLast().doubleValue() / value;
    double below = value / numbers.get(1).doubleValue();
    assertThat(value == 0 ? 1 : Math.max(above, below))
        .as(name)
        .isCloseTo(expected.factor(), withinPercentage(1));
  }

  private static Measure of(String id) {
    return List.of(Measure.values()).stream()
        .filter(it -> it.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
