package pushlab.server.net;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pushlab.server.testing.BothDeliveries;
import pushlab.server.testing.TestServer;

/// A request gets the same answer however the server delivers, and is logged and counted in the
/// same way.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveriesAgreeTest {

  @TempDir private static Path folder = Path.of("");

  private BothDeliveries both;

  @BeforeAll
  void start() {
    both = new BothDeliveries(DeliveriesAgreeTest::start);
  }

  private static TestServer start(Delivery delivery) {
    return TestServer.start(
        delivery,
        "--max-header=1000",
        "--allow-origin=https://course.example",
        "--access-log=" + log(delivery));
  }

  @ParameterizedTest
  @MethodSource("pushlab.server.testing.PollRequests#all")
  void onTheAnswer(String request) throws Exception {
    both.answers(client -> client.send(request).settle());
  }

  /// Compared after all requests.
  @AfterAll
  void onLogAndMetrics() throws Exception {
    List<String> metrics = metrics(both.threads);
    assertThat(metrics).anyMatch(line -> line.matches(".*long-polling.* [1-9][0-9]{2}\\.0"));
    assertThat(metrics(both.loop)).isEqualTo(metrics);

    both.close();

    assertThat(lines(Delivery.LOOP)).isEqualTo(lines(Delivery.THREADS)).hasSizeGreaterThan(500);
  }

  /// The counters. Which subscribers waited when an update was made is a matter of milliseconds.
  private static List<String> metrics(TestServer server) throws Exception {
    server.awaitSubscribers(0);
    return server
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("pushlab_"))
        .filter(not(line -> line.matches(".*(pushlab_delivery_time|pushlab_connections).*")))
        .toList();
  }

  /// The lines without times and epochs. A line is written after its answer, so the next connection
  /// can be faster.
  private static List<String> lines(Delivery delivery) throws IOException {
    return Files.readAllLines(log(delivery)).stream()
        .filter(line -> !line.contains("/metrics"))
        .map(line -> line.replaceAll("\"(time|ms)\":[^,}]*|epoch=[0-9a-z]+", "$1"))
        .sorted()
        .toList();
  }

  private static Path log(Delivery delivery) {
    return folder.resolve(delivery.name());
  }
}
