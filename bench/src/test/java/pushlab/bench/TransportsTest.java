package pushlab.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Param;
import pushlab.bench.jmh.DeliveryBenchmark;
import pushlab.report.result.Transport;
import pushlab.server.PushlabServer;
import pushlab.server.options.ServerOptions;

/// Lists of transports that no compiler can check against the enumeration.
class TransportsTest {

  private static final List<String> ALL = Stream.of(Transport.values()).map(Transport::id).toList();

  @Test
  void eachIsMeasuredByItsDeliveries() throws Exception {
    Param parameter = DeliveryBenchmark.class.getField("transport").getAnnotation(Param.class);

    assertThat(parameter.value()).containsExactlyElementsOf(ALL);
  }

  @Test
  void eachIsCountedByTheServerAndOfferedByThePage() throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port=0"))) {
      String metrics = get(server.address().resolve("/metrics"));
      String page = get(server.address().resolve("/transports/transports.js"));

      assertThat(found("pushlab_deliveries_total\\{transport=\"([^\"]+)\"", metrics))
          .containsExactlyInAnyOrderElementsOf(ALL);
      assertThat(found("(?m)^ {2}'?([a-z-]+)'?: \\w+,$", page)).containsExactlyElementsOf(ALL);
    }
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1)).toList();
  }

  private static String get(URI address) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString(UTF_8))
          .body();
    }
  }
}
