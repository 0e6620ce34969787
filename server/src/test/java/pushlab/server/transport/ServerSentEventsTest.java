package pushlab.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.Problems.assertProblem;
import static pushlab.server.testing.TestServer.header;
import static pushlab.server.testing.TestServer.json;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.net.Delivery;
import pushlab.server.testing.Log;
import pushlab.server.testing.Messages;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.TestServer;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ParameterizedClass
@EnumSource(Delivery.class)
class ServerSentEventsTest {

  private final TestServer server;

  ServerSentEventsTest(Delivery delivery) {
    server = TestServer.start(delivery, "--heartbeat=1s", "--max-readers=3");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void streamIsAnEventStreamThatNoCacheStores() throws Exception {
    try (var stream = open("/events")) {
      assertThat(stream.response.statusCode()).isEqualTo(200);
      assertThat(header(stream.response, "Content-Type")).startsWith("text/event-stream");
      assertThat(header(stream.response, "Cache-Control")).contains("no-");
    }
  }

  @Test
  void firstEventIsTheCurrentSnapshot() throws Exception {
    server.update("En cours");

    try (var stream = open("/events")) {
      Map<String, String> event = stream.next();
      assertThat(event).containsOnlyKeys("retry", "data", "id");
      assertThat(event).containsEntry("id", server.state().epoch() + "-1");
      assertThat(event).containsEntry("data", server.get("/status").body());
    }
  }

  /// An event that is cut between data and id has not been shown, and must not count as seen.
  @Test
  void writesDataBeforeIdAndRetryInTheFirstEventOnly() throws Exception {
    try (RawConnection stream = server.connect().send("GET /events HTTP/1.1", "Host: x", "")) {
      stream.readTo("\r\n\r\n");
      assertThat(stream.readTo("\n\n"))
          .containsPattern("^[0-9a-f]+\r\nretry: [2-5][0-9]{3}\ndata: \\{.*}\nid: \\S+-0\n\n$");
      server.update("x");
      assertThat(stream.readTo("\n\n")).containsPattern("\r\ndata: \\{.*}\nid: \\S+-1\n\n$");
    }
  }

  @Test
  void tellsClientsToReturnAtARandomTime() throws Exception {
    Set<String> times = new HashSet<>();
    while (times.size() < 2) {
      try (var stream = open("/events")) {
        times.add(stream.next().getOrDefault("retry", ""));
      }
    }
    assertThat(times).allMatch(time -> time.matches("[2-5][0-9]{3}"));
  }

  /// Some clients would report an empty line here as an empty message.
  @Test
  void tellsWhenToReturnEvenIfTheFirstEventIsLater() throws Exception {
    try (var stream = open("/events?last_version=0")) {
      assertThat(stream.line()).startsWith("retry: ");
      assertThat(stream.line()).isEqualTo(": heartbeat");
      server.update("x");
      String line = stream.line();
      while (line.startsWith(":")) {
        line = stream.line();
      }
      assertThat(line).startsWith("data: ");
      assertThat(stream.line()).startsWith("id: ");
      assertThat(stream.line()).isEmpty();
    }
  }

  @Test
  void sendsOneEventForEachVersionInOrder() throws Exception {
    try (var stream = open("/events")) {
      List<Long> versions = new ArrayList<>();
      versions.add(stream.nextVersion());
      for (int i = 1; i <= 50; i++) {
        server.update("status " + i);
        versions.add(stream.nextVersion());
      }

      assertThat(versions)
          .containsExactlyElementsOf(LongStream.rangeClosed(0, 50).boxed().toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Échec 日本 🎉", "two\nlines", "a\r\nb", "data: x\n\nid: 7"})
  void carriesAnyTextInOneLineOfData(String status) throws Exception {
    try (var stream = open("/events")) {
      stream.next();
      server.update(status);

      String data = stream.next().getOrDefault("data", "");
      assertThat(json(data).getString("status")).isEqualTo(status);
    }
  }

  @Test
  void continuesAfterLastEventId() throws Exception {
    server.update("seen");

    try (var stream = open("/events", "Last-Event-ID", server.state().epoch() + "-1")) {
      server.awaitSubscribers(1);
      server.update("new");
      assertThat(stream.nextVersion()).isEqualTo(2);
    }
  }

  @Test
  void continuesAfterThePositionInTheQuery() throws Exception {
    server.update("seen");

    try (var stream = open("/events?last_version=1&epoch=" + server.state().epoch())) {
      server.awaitSubscribers(1);
      server.update("new");
      assertThat(stream.nextVersion()).isEqualTo(2);
    }
  }

  @Test
  void lastEventIdWinsOverTheQuery() throws Exception {
    server.update("1");
    server.update("2");

    try (var stream =
        open("/events?last_version=1", "Last-Event-ID", server.state().epoch() + "-2")) {
      server.awaitSubscribers(1);
      server.update("3");
      assertThat(stream.nextVersion()).isEqualTo(3);
    }
  }

  /// Polyfills that cannot set headers send it this way.
  @Test
  void continuesAfterLastEventIdInTheQuery() throws Exception {
    server.update("1");
    server.update("2");
    String id = server.state().epoch() + "-2";

    try (var stream = open("/events?last_version=1&lastEventId=" + id)) {
      server.awaitSubscribers(1);
      server.update("3");
      assertThat(stream.nextVersion()).isEqualTo(3);
    }
  }

  @Test
  void lastEventIdInTheHeaderWinsOverThatInTheQuery() throws Exception {
    server.update("1");
    String epoch = server.state().epoch();

    try (var stream = open("/events?lastEventId=" + epoch + "-0", "Last-Event-ID", epoch + "-1")) {
      server.awaitSubscribers(1);
      server.update("2");
      assertThat(stream.nextVersion()).isEqualTo(2);
    }
  }

  @Test
  void emptyLastEventIdsAreIgnored() throws Exception {
    server.update("1");

    try (var stream = open("/events?last_version=1&lastEventId=", "Last-Event-ID", "")) {
      server.awaitSubscribers(1);
      server.update("2");
      assertThat(stream.nextVersion()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"other-1", "nonsense", "%s-9223372036854775807", "%s-9223372036854775808", "%s-0"})
  void sendsTheCurrentSnapshotToAClientThatHasSeenAnotherByTheQuery(String id) throws Exception {
    server.update("x");

    try (var stream =
        open("/events?last_version=1&lastEventId=" + id.formatted(server.state().epoch()))) {
      assertThat(stream.nextVersion()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s-9223372036854775807",
        "%s-9223372036854775808",
        "other-1",
        "nonsense",
        "x-99999999999999999999",
        "%s-0",
        "%s-2"
      })
  void sendsTheCurrentSnapshotToAClientThatHasSeenAnother(String id) throws Exception {
    server.update("x");

    try (var stream = open("/events", "Last-Event-ID", id.formatted(server.state().epoch()))) {
      assertThat(stream.nextVersion()).isEqualTo(1);
    }
  }

  @Test
  void sendsACommentAsHeartbeat() throws Exception {
    try (var stream = open("/events")) {
      stream.next();
      long began = System.nanoTime();

      assertThat(stream.line()).isEqualTo(": heartbeat");
      assertThat(stream.line()).isEqualTo(": heartbeat");
      assertThat(System.nanoTime() - began).isLessThan(5_000_000_000L);
    }
  }

  @Test
  void refusesAClientThatDoesNotAcceptEventStreams() throws Exception {
    assertProblem(server.get("/events", "Accept", "text/html"), 406, "text/event-stream");
    server.awaitSubscribers(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "last_version=abc",
        "last_version=",
        "epoch=a-b",
        "task=a/b",
        "lastEventId=a&lastEventId=b"
      })
  void refusesABadParameterByItsName(String query) throws Exception {
    assertProblem(server.get("/events?" + query), 400, query.replaceFirst("=.*", "") + ": must be");
    server.awaitSubscribers(0);
  }

  @Test
  void refusesSubscribersOverItsLimit() throws Exception {
    try (var _ = open("/events");
        var _ = open("/events");
        var _ = open("/events")) {
      server.awaitSubscribers(3);

      HttpResponse<String> refused = server.get("/events");

      assertProblem(refused, 503, "3 subscribers are waiting");
      assertThat(header(refused, "Retry-After")).containsOnlyDigits();
    }
  }

  /// A browser never returns after a 503.
  @Test
  void tellsAnEventSourceOverTheLimitWhenToReturn() throws Exception {
    try (var _ = open("/events");
        var _ = open("/events");
        var _ = open("/events")) {
      server.awaitSubscribers(3);

      try (RawConnection refused = server.connect()) {
        refused.send("GET /events HTTP/1.1", "Host: x", "Accept: text/event-stream", "");

        assertThat(refused.readToEnd())
            .startsWith("HTTP/1.1 200 ")
            .containsPattern(
                "\r\nretry: ([5-9][0-9]{3}|10000)\n: 3 subscribers are waiting .*\n\r\n$");
      }
    }
  }

  /// Some clients return after a stream that was cut, but never after one that ended.
  @Test
  void isCutWhenTheServerStops() throws Exception {
    try (RawConnection stream = server.connect().send("GET /events HTTP/1.1", "Host: x", "")) {
      stream.readTo("\n\n");

      server.server.close();

      assertThat(stream.readToEnd()).matches("(\r\n|c\r\n: heartbeat\n)*");
    }
  }

  @Test
  void clientThatGoesAwayIsForgottenAfterAHeartbeatAndNotLogged() throws Exception {
    try (var log = new Log()) {
      RawConnection client = server.connect().send("GET /events HTTP/1.1", "Host: x", "");
      client.readTo("\n\n");
      server.awaitSubscribers(1);

      client.reset();

      server.awaitSubscribers(0);
      server.server.close();
      assertThat(log.lines()).isEmpty();
    }
  }

  private Stream open(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return new Stream(server.client.send(request.build(), BodyHandlers.ofInputStream()));
  }

  private static final class Stream implements AutoCloseable {

    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    Stream(HttpResponse<InputStream> response) {
      this.response = response;
      this.lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
    }

    /// The fields of the next event. Comments are skipped.
    Map<String, String> next() throws IOException {
      List<String> fields = new ArrayList<>();
      while (fields.isEmpty()) {
        for (String line = line(); !line.isEmpty(); line = line()) {
          if (!line.startsWith(":")) {
            fields.add(line);
          }
        }
      }
      Map<String, String> event =
          fields.stream()
              .collect(
                  Collectors.toMap(
                      line -> line.replaceFirst(":.*", ""),
                      line -> line.replaceFirst("[^:]*: ?", "")));
      Messages.assertEventFits(event);
      return event;
    }

    long nextVersion() throws IOException {
      return json(next().getOrDefault("data", "")).getJsonNumber("version").longValueExact();
    }

    String line() throws IOException {
      String line = lines.readLine();
      if (line == null) {
        throw new AssertionError("the stream ended");
      }
      if (line.startsWith(":")) {
        Messages.assertCommentFits(line.substring(1).strip());
      }
      return line;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
