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
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.net.Delivery;
import pushlab.server.testing.Messages;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.TestServer;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ParameterizedClass
@EnumSource(Delivery.class)
class NdjsonStreamTest {

  private final TestServer server;

  NdjsonStreamTest(Delivery delivery) {
    server = TestServer.start(delivery, "--heartbeat=1s", "--max-readers=3");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void streamIsNdjsonThatNobodyStores() throws Exception {
    try (var stream = open("/stream")) {
      assertThat(stream.response.statusCode()).isEqualTo(200);
      assertThat(header(stream.response, "Content-Type")).isEqualTo("application/x-ndjson");
      assertThat(header(stream.response, "Cache-Control")).isEqualTo("no-store");
    }
  }

  @Test
  void firstLineIsThePresentSnapshot() throws Exception {
    server.update("En cours");

    try (var stream = open("/stream")) {
      assertThat(stream.line()).isEqualTo(server.get("/status").body());
    }
  }

  @Test
  void sendsALineForEachVersionInOrder() throws Exception {
    try (var stream = open("/stream")) {
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
  @ValueSource(strings = {"Échec 日本 🎉", "two\nlines", "a\r\nb", "\u2028"})
  void carriesAnyTextInOneLine(String status) throws Exception {
    try (var stream = open("/stream")) {
      stream.nextVersion();
      server.update(status);

      assertThat(json(stream.nextSnapshot()).getString("status")).isEqualTo(status);
    }
  }

  @Test
  void continuesAfterTheVersionInTheQuery() throws Exception {
    server.update("seen");

    try (var stream = open("/stream?last_version=1&epoch=" + server.state().epoch())) {
      server.awaitSubscribers(1);
      server.update("new");
      assertThat(stream.nextVersion()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"last_version=1&epoch=other", "last_version=2", "last_version=0", "epoch=other"})
  void sendsThePresentSnapshotToASubscriberThatHasSeenAnother(String query) throws Exception {
    server.update("x");

    try (var stream = open("/stream?" + query)) {
      assertThat(stream.nextVersion()).isEqualTo(1);
    }
  }

  @Test
  void sendsAnEmptyLineAsHeartbeatAndAtOnceWhereNothingIsNewer() throws Exception {
    try (var stream = open("/stream?last_version=0")) {
      long began = System.nanoTime();

      assertThat(stream.line()).isEmpty();
      assertThat(stream.line()).isEmpty();
      assertThat(System.nanoTime() - began).isBetween(900_000_000L, 5_000_000_000L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"last_version=abc", "last_version=", "epoch=a-b", "task=a/b"})
  void refusesABadParameterByItsName(String query) throws Exception {
    assertProblem(server.get("/stream?" + query), 400, query.replaceFirst("=.*", "") + ": must be");
    server.awaitSubscribers(0);
  }

  @Test
  void refusesMoreSubscribersThanItsLimit() throws Exception {
    try (var _ = open("/stream");
        var _ = open("/stream");
        var _ = open("/stream")) {
      server.awaitSubscribers(3);

      HttpResponse<String> refused = server.get("/stream");

      assertProblem(refused, 503, "3 subscribers are waiting");
      assertThat(header(refused, "Retry-After")).containsOnlyDigits();
    }
  }

  @Test
  void isCutWhenTheServerStops() throws Exception {
    try (RawConnection stream = server.connect().send("GET /stream HTTP/1.1", "Host: x", "")) {
      stream.readTo("}\n");

      server.server.close();

      assertThat(stream.readToEnd()).matches("(\r\n|1\r\n\n)*");
    }
  }

  @Test
  void clientThatGoesAwayIsForgottenAfterAHeartbeat() throws Exception {
    RawConnection client = server.connect().send("GET /stream HTTP/1.1", "Host: x", "");
    client.readTo("}\n");
    server.awaitSubscribers(1);

    client.reset();

    server.awaitSubscribers(0);
  }

  private Stream open(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(server.uri(path)).build();
    return new Stream(server.client.send(request, BodyHandlers.ofInputStream()));
  }

  private static final class Stream implements AutoCloseable {

    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    Stream(HttpResponse<InputStream> response) {
      this.response = response;
      this.lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
    }

    long nextVersion() throws IOException {
      return json(nextSnapshot()).getJsonNumber("version").longValueExact();
    }

    /// The next line that is no heartbeat.
    String nextSnapshot() throws IOException {
      String line = line();
      while (line.isEmpty()) {
        line = line();
      }
      return line;
    }

    String line() throws IOException {
      String line = lines.readLine();
      if (line == null) {
        throw new AssertionError("the stream ended");
      }
      Messages.assertLineFits(line);
      return line;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
