package pushlab.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.Problems.assertProblem;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.net.Delivery;
import pushlab.server.state.Await;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.TestServer;
import pushlab.server.testing.WebSocketClient;

/// Numbers at the limits of their types, wherever a client can send one. Each is accepted or
/// refused by the name of its parameter, and none disturbs the counters.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ParameterizedClass
@EnumSource(Delivery.class)
class NumbersTest {

  private static final int PRESENT = 3;

  @Parameter private Delivery delivery = Delivery.LOOP;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private TestServer server;

  @BeforeParameterizedClassInvocation
  void makeVersions() throws Exception {
    server = TestServer.start(delivery, "--heartbeat=50ms");
    for (int version = 1; version <= PRESENT; version++) {
      server.update("status " + version);
    }
  }

  /// How many versions a subscriber at this version skips when it gets version 3. Empty for a
  /// subscriber at 3, which gets nothing.
  @ParameterizedTest
  @CsvSource({
    "0, 2",
    "1, 1",
    "2, 0",
    "3,",
    "4, 0",
    "007, 0",
    "00000000000000000000000001, 1",
    "2147483647, 0",
    "2147483648, 0",
    "4294967296, 0",
    "9007199254740993, 0",
    "9223372036854775806, 0",
    "9223372036854775807, 0",
  })
  void eachTransportAcceptsVersions(String version, Integer skipped) throws Exception {
    String tag = "%s-%s".formatted(server.state().epoch(), version);
    String seen = "?last_version=" + version;
    String same = seen + "&epoch=" + server.state().epoch();

    HttpResponse<String> poll = server.get("/poll-status" + seen + "&wait=0");
    assertThat(poll.statusCode()).isEqualTo(skipped == null ? 204 : 200);
    assertThat(server.get("/poll-status" + same + "&wait=0").statusCode())
        .isEqualTo(poll.statusCode());
    assertThat(firstEvent(seen, "X: none")).isEqualTo(skipped != null);
    assertThat(firstEvent("", "Last-Event-ID: " + tag)).isEqualTo(skipped != null);
    assertThat(firstFrame(seen)).isEqualTo(skipped != null);
    assertThat(server.get("/status", "If-None-Match", '"' + tag + '"').statusCode())
        .isEqualTo(skipped == null ? 304 : 200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775808",
        "18446744073709551616",
        "99999999999999999999999999999999999999",
        "-1",
        "-9223372036854775808",
        "1.0",
        "1e3",
        "+5",
        " 5",
        "0x10",
        "\u0663",
        "NaN",
        "Infinity",
        "",
      })
  void eachTransportRefusesAMalformedVersion(String version) throws Exception {
    String seen = "?last_version=" + URLEncoder.encode(version, StandardCharsets.UTF_8);

    assertProblem(server.get("/poll-status" + seen), 400, "last_version: ");
    assertProblem(server.get("/events" + seen), 400, "last_version: ");
    assertProblem(server.get("/stream" + seen), 400, "last_version: ");
    assertProblem(server.get("/ws" + seen), 400, "last_version: ");
    assertThat(upgrade("/ws" + seen)).startsWith("HTTP/1.1 400 ");
  }

  /// A tag or an id of another form is not from this server: its subscriber has seen nothing.
  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "-1", "1.0", "1e3", "+5", "99999999999999999999"})
  void malformedVersionIsNoTag(String version) throws Exception {
    String tag = "%s-%s".formatted(server.state().epoch(), version);

    assertThat(server.get("/status", "If-None-Match", '"' + tag + '"').statusCode()).isEqualTo(200);
    assertThat(firstEvent("", "Last-Event-ID: " + tag)).isTrue();
    assertThat(firstEvent("?lastEventId=" + tag.replace("+", "%2B"), "Accept: */*")).isTrue();
  }

  /// A server may ignore every range (RFC 9110, section 14.2), and this one does.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0-0",
        "0-2147483647",
        "0-9223372036854775807",
        "0-9223372036854775808",
        "9223372036854775807-",
        "-1",
        "-9223372036854775808",
        "2-1",
        "+5-",
        "1.0-",
      })
  void rangesAreIgnored(String range) throws Exception {
    HttpResponse<String> file = server.get("/", "Range", "bytes=" + range);

    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.body()).endsWith("</html>\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "00", "0.0", "0.001"})
  void acceptsWaits(String wait) throws Exception {
    assertThat(server.get("/poll-status?last_version=3&wait=" + wait).statusCode()).isEqualTo(204);
    assertThat(server.get("/poll-status?last_version=2&wait=30").statusCode()).isEqualTo(200);
    assertThat(server.get("/poll-status?last_version=2&wait=30.000").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "30.001",
        "31",
        "-1",
        "-0",
        "1e1",
        "%2B5",
        "",
        ".5",
        "5.",
        "0.0001",
        "2147483648",
        "9223372036854775807",
        "9223372036854775808",
        "99999999999999999999",
        "NaN",
        "Infinity",
      })
  void refusesAMalformedWait(String wait) throws Exception {
    assertProblem(server.get("/poll-status?last_version=3&wait=" + wait), 400, "wait: ");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 200",
    "16385, 413",
    "2147483647, 413",
    "2147483648, 413",
    "999999999999999999, 413",
    "9223372036854775807, 4..",
    "9223372036854775808, 400",
    "99999999999999999999, 400",
    "-1, 400",
    "-9223372036854775808, 400",
    "+5, 400",
    "1.0, 400",
    "1e3, 400",
    "0x10, 400",
  })
  void lengthsOfBodiesAreAcceptedOrRefused(String length, String status) throws Exception {
    try (RawConnection client = server.connect()) {
      client.send("POST /update-status?task=other&status=x HTTP/1.1", "Host: localhost");
      client.send("Content-Length: " + length, "");

      assertThat(client.readTo("\r\n\r\n")).matches("(?s)HTTP/1.1 " + status + " .*");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7fffffff",
        "80000000",
        "ffffffff",
        "100000000",
        "7fffffffffffffff",
        "8000000000000000",
        "ffffffffffffffffffff",
        "-1",
        "+5",
        "1.0",
        "0x10",
      })
  void sizesOfChunksAreRefused(String size) throws Exception {
    try (RawConnection client = server.connect()) {
      client.send("POST /update-status?task=other&status=x HTTP/1.1", "Host: localhost");
      client.send("Transfer-Encoding: chunked", "", size, "x".repeat(20_000));

      assertThat(client.readTo("\r\n\r\n")).matches("(?s)HTTP/1.1 4(00|13) .*");
    }
  }

  /// Checks the counters after all tests, which may run in any order.
  @AfterParameterizedClassInvocation
  void metricsAreSane() throws Exception {
    Map.of("short-polling", 4, "long-polling", 8, "sse", 8, "websocket", 4)
        .forEach(
            (transport, skipped) ->
                awaitMetric(
                    "pushlab_versions_skipped_total{transport=\"%s\"} %d.0\n"
                        .formatted(transport, skipped)));
    HttpResponse<String> metrics = server.get("/metrics");
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.body().lines().filter(line -> line.startsWith("pushlab_")))
        .allMatch(line -> line.matches(".* [0-9][0-9.E]*"), "has a number that is not negative");
    server.close();
  }

  private void awaitMetric(String line) {
    Await.until(line, () -> metrics().contains(line));
  }

  private String metrics() {
    try {
      return server.get("/metrics").body();
    } catch (Exception e) {
      throw new AssertionError("no metrics", e);
    }
  }

  /// Whether the stream begins with a snapshot instead of a heartbeat.
  private boolean firstEvent(String query, String header) throws Exception {
    try (RawConnection client = server.connect()) {
      client.send("GET /events" + query + " HTTP/1.1", "Host: localhost", header, "");
      assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
      // The heartbeat after an event: by then the event is counted.
      return client.readTo("heartbeat").contains("data: {");
    }
  }

  private boolean firstFrame(String query) throws Exception {
    try (var socket = WebSocketClient.open(server, "/ws" + query)) {
      return socket.next().startsWith("text ");
    }
  }

  private String upgrade(String path) throws Exception {
    try (RawConnection client = server.connect()) {
      client.send("GET " + path + " HTTP/1.1").send(WebSocketClient.upgrade());
      return client.readTo("\r\n\r\n");
    }
  }
}
