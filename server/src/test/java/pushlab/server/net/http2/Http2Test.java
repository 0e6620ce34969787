package pushlab.server.net.http2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pushlab.server.testing.Problems.assertProblem;
import static pushlab.server.testing.TestServer.header;
import static pushlab.server.testing.TestServer.version;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.state.Await;
import pushlab.server.testing.RawHttp2;
import pushlab.server.testing.ServerProcess;
import pushlab.server.testing.TestCertificate;
import pushlab.server.testing.TestServer;

/// The calls by HTTP/2: how the streams of one connection affect each other, and what HTTP/2
/// forbids or leaves open.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class Http2Test {

  private static final int INITIAL_WINDOW_SIZE = 4;

  // No test here may depend on a heartbeat, unless it says so.
  private final TestServer server = TestServer.startTls("--heartbeat=60s", "--max-body=1000");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void readsHaveTheSameAnswersAsByHttp11() throws Exception {
    HttpResponse<String> status = server.get("/status");
    assertThat(status.version()).isEqualTo(Version.HTTP_2);
    assertThat(status.statusCode()).isEqualTo(200);
    assertThat(server.get("/status", "If-None-Match", header(status, "ETag")).statusCode())
        .isEqualTo(304);

    HttpResponse<String> nothing = server.get("/poll-status?last_version=0&wait=0.1");
    assertThat(nothing.statusCode()).isEqualTo(204);
    assertThat(nothing.body()).isEmpty();
    assertThat(header(nothing, "ETag")).isEqualTo(header(status, "ETag"));

    for (String path : List.of("/poll-status", "/tasks", "/metrics", "/health/ready")) {
      assertThat(server.get(path).statusCode()).as(path).isEqualTo(200);
    }
    HttpResponse<String> page = server.get("/");
    assertThat(page.body()).contains("<html");
    assertThat(header(page, "Content-Security-Policy")).contains("default-src 'none'");
    assertThat(server.get("/page.js").statusCode()).isEqualTo(200);
  }

  @Test
  void updatesAreAcceptedFromQueryFormAndJson() throws Exception {
    assertThat(version(server.send("POST", "/update-status?status=query"))).isEqualTo(1);
    assertThat(server.update("Échec").getString("status")).isEqualTo("Échec");
    assertThat(version(post("application/x-www-form-urlencoded", "status=form"))).isEqualTo(3);
  }

  @Test
  void refusalsAreProblemDocuments() throws Exception {
    assertProblem(server.get("/nothing"), 404, "there is nothing at /nothing");
    assertProblem(server.get("/poll-status?last_version=abc"), 400, "last_version: ");
    assertProblem(server.send("DELETE", "/status"), 405, "takes GET");
    assertProblem(server.get("/events", "Accept", "text/html"), 406, "Accept: ");
    assertProblem(server.update("x", "Origin", "https://evil.example"), 403, "Origin: ");

    assertProblem(server.get("/ws?task=nobody"), 404, "there is no task 'nobody'");
    HttpResponse<String> webSocket = server.get("/ws");
    assertProblem(webSocket, 426, "HTTP/1.1");
    assertThat(header(webSocket, "Upgrade")).isEmpty();
  }

  /// Browsers send some to test that they are ignored (RFC 8701). The known one is honoured.
  @Test
  void unknownSettingsAreIgnored() throws Exception {
    try (RawHttp2 client = RawHttp2.to(server.uri("/"))) {
      client.settings(0x1a1a, 0x0004_7fff, 0x8, 1, 0x9, 1, INITIAL_WINDOW_SIZE, 10, 0xfafa, -1);
      int status = client.get("/status");

      assertThat(client.nextOf(status).hasStatus(200)).isTrue();
      assertThat(client.nextOf(status).bodyLength()).isEqualTo(10);
    }
  }

  @Test
  void ownPageMayUpdateAndAPageOfTheSameHostByClearTextMayNot() throws Exception {
    String own = "https://127.0.0.1:" + server.uri("/").getPort();

    assertThat(server.update("x", "Origin", own).statusCode()).isEqualTo(200);
    assertProblem(server.update("x", "Origin", own.replace("https", "http")), 403, "Origin: ");
  }

  @Test
  void bodiesAreBounded() throws Exception {
    assertProblem(post("application/json", "x".repeat(1001)), 413, "longer than");
    assertProblem(post("application/json", "x".repeat(1000)), 400, "JSON");
    assertProblem(unannounced("status=" + "x".repeat(100_000)), 413, "longer than");
    assertThat(server.state().current().version()).isZero();
    assertThat(version(unannounced("status=x"))).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void incompleteBodyMakesNoUpdate(boolean announced) throws Exception {
    try (var body = new SubmissionPublisher<ByteBuffer>()) {
      var request =
          HttpRequest.newBuilder(server.uri("/update-status?status=query"))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(
                  announced
                      ? BodyPublishers.fromPublisher(body, 100)
                      : BodyPublishers.fromPublisher(body))
              .build();
      CompletableFuture<HttpResponse<String>> update =
          server.client.sendAsync(request, BodyHandlers.ofString());
      Await.until("the body is asked for", body::hasSubscribers);
      body.submit(ByteBuffer.wrap("status=Termin".getBytes(UTF_8)));
      body.closeExceptionally(new IOException("broken off"));

      assertThatThrownBy(update::join).hasMessageContaining("broken off");
    }
    assertThat(version(server.send("POST", "/update-status?status=whole"))).isEqualTo(1);
    assertThat(version(server.get("/status"))).isEqualTo(1);
  }

  /// RFC 9113, section 8.1.1: such a request is malformed.
  @ParameterizedTest
  @ValueSource(strings = {"7", "9"})
  void updateOfAnotherLengthThanAnnouncedIsNotMade(String length) throws Exception {
    try (RawHttp2 client = RawHttp2.to(server.uri("/"))) {
      int stream = client.update(RawHttp2.CONTENT_LENGTH, length, "status=x");

      assertThat(client.nextOf(stream).isReset()).isTrue();
    }
    assertThat(version(server.get("/status"))).isZero();
  }

  /// RFC 9113, section 8.2.2. Helidon ends the connection.
  @Test
  void updateWithATransferEncodingIsNotMade() throws Exception {
    try (RawHttp2 client = RawHttp2.to(server.uri("/"))) {
      int stream = client.update(RawHttp2.TRANSFER_ENCODING, "chunked", "status=x");

      assertThat(client.readToEnd()).noneMatch(frame -> frame.ends(stream));
    }
    assertThat(version(server.get("/status"))).isZero();
  }

  @Test
  void twelvePollsAreHeldOnOneConnection() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      held.add(server.hold("/poll-status?last_version=0"));
    }
    assertThat(server.get("/metrics").body()).contains("\npushlab_connections 1.0\n");

    server.update("x");

    for (CompletableFuture<HttpResponse<String>> poll : held) {
      assertThat(version(poll.get(5, SECONDS))).isEqualTo(1);
    }
  }

  @Test
  void pollThatIsResetEndsAndTheOthersGoOn() throws Exception {
    CompletableFuture<HttpResponse<String>> stays = server.hold("/poll-status?last_version=0");
    CompletableFuture<HttpResponse<String>> goes = server.hold("/poll-status?last_version=0");

    goes.cancel(true);

    server.awaitSubscribers(1);
    server.update("x");
    assertThat(version(stays.get(5, SECONDS))).isEqualTo(1);
    assertThat(server.get("/metrics").body()).contains("\npushlab_connections 1.0\n");
  }

  @Test
  void eventStreamThatIsResetEndsAndTheOthersGoOn() throws Exception {
    CompletableFuture<HttpResponse<String>> stays = server.hold("/poll-status?last_version=0");
    for (int i = 0; i < 20; i++) {
      InputStream events = stream(server.client);
      server.awaitSubscribers(2);
      events.close();
      server.awaitSubscribers(1);
    }

    server.update("x");
    assertThat(version(stays.get(5, SECONDS))).isEqualTo(1);
  }

  @Test
  void lostConnectionEndsItsStreams() throws Exception {
    HttpClient other = TestServer.http2();
    InputStream events = stream(other);
    var poll = HttpRequest.newBuilder(server.uri("/poll-status?last_version=0")).build();
    var _ = other.sendAsync(poll, BodyHandlers.ofString());
    server.awaitSubscribers(2);

    other.shutdownNow();

    server.awaitSubscribers(0);
    events.close();
  }

  @Test
  void eventStreamHasHeartbeatsAndEndsWhenTheServerStops() throws Exception {
    try (var beating = TestServer.startTls("--heartbeat=50ms")) {
      var request = HttpRequest.newBuilder(beating.uri("/events")).build();
      HttpResponse<Stream<String>> answer = beating.client.send(request, BodyHandlers.ofLines());
      assertThat(answer.version()).isEqualTo(Version.HTTP_2);
      Iterator<String> lines = answer.body().iterator();
      assertThat(lines.next()).startsWith("retry: ");
      assertThat(lines.next()).startsWith("data: {");
      assertThat(lines.next()).startsWith("id: ");
      assertThat(lines.next()).isEmpty();
      assertThat(lines.next()).isEqualTo(": heartbeat");
      beating.update("x");
      while (!lines.next().contains("\"version\":1")) {}

      CompletableFuture<HttpResponse<String>> held = beating.hold("/poll-status?last_version=1");
      beating.server.tasks().close();

      lines.forEachRemaining(line -> assertThat(line).doesNotStartWith("data"));
      assertThat(held.get(5, SECONDS).statusCode()).isEqualTo(204);
    }
  }

  @Test
  void requestThatDoesNotArriveEndsAndTheOthersGoOn() throws Exception {
    try (var strict = TestServer.startTls("--request-timeout=1s");
        RawHttp2 client = RawHttp2.to(strict.uri("/"))) {
      int poll = client.get("/poll-status?last_version=0");
      int update = client.beginUpdate();
      strict.awaitSubscribers(1);

      assertThat(client.nextOf(update).isReset()).isTrue();

      strict.update("x");
      assertThat(client.nextOf(poll).hasStatus(200)).isTrue();
    }
  }

  @Test
  void connectionOverTheLimitIsRefusedWithTheReason() throws Exception {
    try (var small = TestServer.startTls("--max-connections=1")) {
      small.get("/status");
      try (RawHttp2 tooMany = RawHttp2.to(small.uri("/"))) {
        assertThat(tooMany.nextOf(0).isGoodbye("")).as("the settings").isFalse();
        assertThat(tooMany.nextOf(0).isGoodbye("--max-connections")).isTrue();
      }
      assertThat(small.get("/status").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void sigtermAnswersAllThatWaitAndEndsTheProcessInOrder() throws Exception {
    try (var process =
            ServerProcess.start(
                "--port=0",
                "--tls-cert=" + TestCertificate.CERT,
                "--tls-key=" + TestCertificate.KEY);
        RawHttp2 client = RawHttp2.to(process.address())) {
      int events = client.get("/events");
      assertThat(client.nextOf(events).hasStatus(200)).isTrue();
      int poll = client.get("/poll-status?last_version=0");
      // The answer to a later request shows that the server has seen the earlier one.
      int status = client.get("/status");
      assertThat(client.nextOf(status).hasStatus(200)).isTrue();

      process.process.toHandle().destroy();

      assertThat(client.readToEnd())
          .anyMatch(frame -> frame.stream() == poll && frame.hasStatus(204))
          .anyMatch(frame -> frame.ends(poll))
          .anyMatch(frame -> frame.ends(events));
      assertThat(process.exit()).isZero();
      assertThat(process.errors()).isEmpty();
    }
  }

  private HttpResponse<String> post(String type, String body) throws Exception {
    return server.send("POST", "/update-status", type, body.getBytes(UTF_8));
  }

  /// The answer to a form without a `Content-Length`.
  private HttpResponse<String> unannounced(String form) throws Exception {
    var request =
        HttpRequest.newBuilder(server.uri("/update-status"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(form)))
            .build();
    return server.client.send(request, BodyHandlers.ofString());
  }

  private InputStream stream(HttpClient client) throws Exception {
    var request = HttpRequest.newBuilder(server.uri("/events")).build();
    return client.send(request, BodyHandlers.ofInputStream()).body();
  }
}
