package pushlab.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.TestServer;

/// HEAD gets the answer to GET without its body (RFC 9110, section 9.3.2).
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HeadTest {

  private static final String[] PATHS = {
    "/",
    "/page.js",
    "/openapi.json",
    "/status",
    "/poll-status",
    "/tasks",
    "/health/live",
    "/health/ready",
    "/nothing",
    "/ws",
    "/status?task=none",
    "/poll-status?wait=x"
  };

  @Test
  void answerIsThatOfGetWithoutItsBody() throws Exception {
    try (var server = TestServer.start()) {
      for (String path : PATHS) {
        assertThat(lines(send(server, "HEAD", path)))
            .as(path)
            .isEqualTo(lines(send(server, "GET", path)));
      }
    }
  }

  @Test
  void answerIsThatOfGetWithoutItsBodyByHttp2Too() throws Exception {
    try (var server = TestServer.startTls()) {
      for (String path : PATHS) {
        assertThat(lines(send(server, "HEAD", path)))
            .as(path)
            .isEqualTo(lines(send(server, "GET", path)));
      }
    }
  }

  /// The client would read a body here as the next answer.
  @ParameterizedTest
  @CsvSource({
    "/status, 200",
    "/poll-status, 200",
    "/events, 200",
    "/stream, 200",
    "/metrics, 200",
    "/time, 200",
    "/, 200",
    "/ws, 426",
    "/nothing, 404",
    "/update-status, 405",
  })
  void nextAnswerFollowsAtOnce(String path, int status) throws Exception {
    try (var server = TestServer.start();
        RawConnection client = server.connect()) {
      client.send("HEAD " + path + " HTTP/1.1", "Host: localhost", "");
      assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 " + status + " ");

      client.send("GET /health/live HTTP/1.1", "Host: localhost", "");
      assertThat(client.readTo("}")).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isNeitherHeldNorADelivery(boolean http2) throws Exception {
    try (var server = http2 ? TestServer.startTls() : TestServer.start()) {
      assertThat(send(server, "/poll-status?last_version=0").statusCode()).isEqualTo(204);
      HttpResponse<Void> stream = send(server, "/events");

      assertThat(stream.statusCode()).isEqualTo(200);
      assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
      send(server, "/status");
      server.awaitSubscribers(0);
      assertThat(server.get("/metrics").body())
          .contains(
              "pushlab_deliveries_total{transport=\"sse\"} 0.0",
              "pushlab_deliveries_total{transport=\"long-polling\"} 0.0",
              "pushlab_deliveries_total{transport=\"short-polling\"} 0.0");
    }
  }

  @Test
  void answerToHeadOfAStreamHasNoLength() throws Exception {
    try (var server = TestServer.start();
        RawConnection client = server.connect()) {
      client.send("HEAD /events HTTP/1.1", "Host: localhost", "");

      assertThat(client.readTo("\r\n\r\n"))
          .contains("text/event-stream")
          .doesNotContainIgnoringCase("Content-Length");
    }
  }

  private static HttpResponse<Void> send(TestServer server, String path) throws Exception {
    return send(server, "HEAD", path);
  }

  private static HttpResponse<Void> send(TestServer server, String method, String path)
      throws Exception {
    var request =
        HttpRequest.newBuilder(server.uri(path)).method(method, BodyPublishers.noBody()).build();
    return server.client.send(request, BodyHandlers.discarding());
  }

  /// What the answers to HEAD and GET have in common: everything except the date, and the hold,
  /// which GET gets only in a 204.
  private static List<String> lines(HttpResponse<?> answer) {
    List<String> lines = new ArrayList<>();
    lines.add(Integer.toString(answer.statusCode()));
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!name.equalsIgnoreCase("Date") && !name.equalsIgnoreCase("Poll-Hold")) {
                lines.add(name + values);
              }
            });
    return lines;
  }
}
