package pushlab.server.net.http1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.Problems.assertProblem;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.TestServer;

/// Requests in forms that RFC 9112 requires a server to accept, although few clients use them.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpFormsTest {

  private static final String UPDATE = "POST /update-status HTTP/1.1";
  private static final String HOST = "Host: localhost";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

  private final TestServer server = TestServer.start("--heartbeat=50ms", "--max-body=1000");

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\r\n\r\n"})
  void emptyLinesBeforeARequestAreSkipped(String lines) throws Exception {
    try (RawConnection client = server.connect()) {
      client.write(lines.getBytes(UTF_8)).send("GET /status HTTP/1.1", HOST, "");
      assertThat(client.readTo("\"}")).startsWith("HTTP/1.1 200 ");

      client.send(lines + "GET /tasks HTTP/1.1", HOST, "");
      assertThat(client.readTo("]}")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void headMayComeByteByByte() throws Exception {
    try (RawConnection client = server.connect()) {
      for (byte octet : "GET /status HTTP/1.1\r\nHost: x\r\nX: y\r\n\r\n".getBytes(UTF_8)) {
        client.write(octet);
      }

      assertThat(client.readTo("\"}")).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"100-continue", "100-Continue", "100-CONTINUE"})
  void bodyIsAskedForByAnExpectationInAnyCase(String expectation) throws Exception {
    try (RawConnection client = server.connect()) {
      client.send(UPDATE, HOST, FORM, "Content-Length: 8", "Expect: " + expectation, "");
      assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 100 ");

      client.write("status=x".getBytes(UTF_8));
      assertThat(client.readTo("\"}")).startsWith("HTTP/1.1 200 ");

      client.send("GET /status HTTP/1.1", HOST, "");
      assertThat(client.readTo("\"}")).startsWith("HTTP/1.1 200 ");
    }
  }

  /// The next bytes may be the body, so they must not be read as a request.
  @Test
  void refusalInsteadOf100ContinueEndsTheConnection() throws Exception {
    try (RawConnection client = server.connect()) {
      client.send("POST /nothing HTTP/1.1", HOST, "Content-Length: 35", "Expect: 100-continue", "");
      String head = client.readTo("\r\n\r\n");
      assertThat(head).startsWith("HTTP/1.1 404 ").contains("Connection: close");

      client.send("POST /update-status?status=x HTTP/1.1", HOST, "");

      assertThat(client.readToEnd()).doesNotContain("HTTP/1.1");
      assertThat(server.state().current().version()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "Close", "close, TE", "TE, Close"})
  void connectionCloseIsHonouredInAnyCase(String option) throws Exception {
    try (RawConnection client = server.connect()) {
      client.send("GET /status HTTP/1.1", HOST, "Connection: " + option, "");

      assertThat(client.readToEnd()).contains("Connection: close").endsWith("\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3\r\nsta\r\n5\r\ntus=x\r\n0\r\n\r\n",
        "003\r\nsta\r\n05\r\ntus=x\r\n000\r\n\r\n",
        "3;a=b;c=\"d e\"\r\nsta\r\n5 ; e\r\ntus=x\r\n0;f\r\n\r\n",
        "8\r\nstatus=x\r\n0\r\nDigest: abc\r\nX-Empty:\r\n\r\n",
      })
  void bodyMayComeInChunks(String body) throws Exception {
    for (String coding : new String[] {"chunked", "Chunked", "CHUNKED"}) {
      for (int piece : new int[] {1, 7, 1000}) {
        try (RawConnection client = server.connect()) {
          client.send(UPDATE, HOST, FORM, "Transfer-Encoding: " + coding, "");
          for (int from = 0; from < body.length(); from += piece) {
            int to = Math.min(body.length(), from + piece);
            client.write(body.substring(from, to).getBytes(UTF_8));
          }
          assertThat(client.readTo("\"}")).startsWith("HTTP/1.1 200 ").contains(":\"x\"");

          client.send("GET /tasks HTTP/1.1", HOST, "");
          assertThat(client.readTo("]}")).startsWith("HTTP/1.1 200 ");
        }
      }
    }
  }

  @Test
  void requestMayFollowABodyInChunksAtOnce() throws Exception {
    try (RawConnection client = server.connect()) {
      String body = "8;x\r\nstatus=x\r\n0\r\nA: b\r\n";
      client.send(
          UPDATE,
          HOST,
          FORM,
          "Transfer-Encoding: chunked",
          "",
          body,
          "POST /update-status?status=second HTTP/1.1",
          HOST,
          "");

      assertThat(client.readTo("\"}")).contains("\"version\":1,\"status\":\"x\"");
      assertThat(client.readTo("\"}")).contains("\"version\":2,\"status\":\"second\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8\r\nstatus=xx\r\n0\r\n\r\n",
        "8;\u0001\r\nstatus=x\r\n0\r\n\r\n",
        "8;a\nstatus=x\r\n0\r\n\r\n",
        "8\nstatus=x\r\n0\r\n\r\n",
        ";8\r\nstatus=x\r\n0\r\n\r\n",
        "0x8\r\nstatus=x\r\n0\r\n\r\n",
        "8\r\nstatus=x\r\n0\r\n folded\r\n\r\n",
        "8\r\nstatus=x\r\n0\r\nA: b\rc\r\n\r\n",
        "0000000000000008\r\nstatus=x\r\n0\r\n\r\n",
      })
  void malformedChunksAreRefused(String body) throws Exception {
    try (RawConnection client = server.connect()) {
      client.send(UPDATE, HOST, FORM, "Transfer-Encoding: chunked", "", body);

      assertProblem(client.readToEnd(), 400, "body: has a chunk");
      assertThat(server.state().current().version()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"8;%s\r\nstatus=x\r\n0\r\n\r\n", "8\r\nstatus=x\r\n0\r\nA: %s\r\n\r\n"})
  void extensionsAndTrailersAreBounded(String body) throws Exception {
    try (RawConnection client = server.connect()) {
      client.send(
          UPDATE, HOST, FORM, "Transfer-Encoding: chunked", "", body.formatted("a".repeat(20_000)));

      assertProblem(client.readToEnd(), 413, "chunk extensions and trailers are longer");
    }
  }

  /// Requests of w3m, lynx, ab and HAProxy's plain `option httpchk`.
  @ParameterizedTest
  @ValueSource(strings = {"", "Host: localhost", "Connection: keep-alive"})
  void http10IsAnsweredAndClosed(String header) throws Exception {
    for (String path :
        new String[] {"/status", "/poll-status", "/", "/metrics", "/tasks", "/health/ready"}) {
      try (RawConnection client = server.connect()) {
        String[] head = {"GET " + path + " HTTP/1.0", header, ""};
        client.send(header.isEmpty() ? new String[] {head[0], ""} : head);

        assertThat(client.readToEnd())
            .startsWith("HTTP/1.1 200 ")
            .containsIgnoringCase("\r\nConnection: close\r\n")
            .containsIgnoringCase("\r\nContent-Length: ")
            .doesNotContainIgnoringCase("\r\nTransfer-Encoding: ");
      }
    }
  }

  @Test
  void http10MayUpdateAndPoll() throws Exception {
    try (RawConnection client = server.connect();
        RawConnection poll = server.connect()) {
      poll.send("GET /poll-status?last_version=0 HTTP/1.0", "");
      server.awaitSubscribers(1);
      client.send("POST /update-status HTTP/1.0", FORM, "Content-Length: 8", "", "status=x");

      assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 ").endsWith("\"}");
      assertThat(poll.readToEnd()).startsWith("HTTP/1.1 200 ").contains("\"version\":1,");
    }
  }

  @Test
  void eventStreamByHttp10HasNoChunks() throws Exception {
    try (RawConnection client = server.connect()) {
      client.send("GET /events HTTP/1.0", "");
      assertThat(client.readTo("\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ")
          .doesNotContainIgnoringCase("Transfer-Encoding")
          .doesNotContainIgnoringCase("Content-Length");
      assertThat(client.readTo("\n\n")).contains("\ndata: {").doesNotContain("\r");
      server.update("x");
      assertThat(client.readTo("\"status\":\"x\"")).doesNotContain("\r");
      server.server.tasks().close();
      assertThat(client.readToEnd()).doesNotContain("\r");
    }
  }

  @Test
  void http10CannotUpgradeToWebSocket() throws Exception {
    try (RawConnection client = server.connect()) {
      client.send(
          "GET /ws HTTP/1.0",
          HOST,
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "");

      assertProblem(client.readToEnd(), 426, "HTTP/1.1");
    }
  }

  @Test
  void http10HasNoChunks() throws Exception {
    try (RawConnection client = server.connect()) {
      client.send("POST /update-status HTTP/1.0", FORM, "Transfer-Encoding: chunked", "");

      assertProblem(client.readToEnd(), 400, "Transfer-Encoding: ");
    }
  }

  /// The host in the target replaces the one in the header (RFC 9112, section 3.2.2).
  @Test
  void targetMayNameTheHost() throws Exception {
    String own = "http://127.0.0.1:" + server.uri("/").getPort();
    for (String target : new String[] {own + "/tasks", "HTTP://x/tasks", "http://x/tasks?y"}) {
      try (RawConnection client = server.connect()) {
        client.send("GET " + target + " HTTP/1.1", HOST, "Connection: close", "");
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 ").endsWith("]}");
      }
    }
    try (RawConnection client = server.connect()) {
      client.send("GET http://x HTTP/1.1", HOST, "Connection: close", "");
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 ").contains("<html");
    }
    String update = "POST %s/update-status?status=x HTTP/1.1";
    try (RawConnection client = server.connect()) {
      client.send(
          update.formatted("http://evil.example"),
          "Host: " + own.substring(7),
          "Origin: " + own,
          "Connection: close",
          "");
      assertProblem(client.readToEnd(), 403, "Origin: ");
    }
    try (RawConnection client = server.connect()) {
      client.send(
          update.formatted(own), "Host: evil.example", "Origin: " + own, "Connection: close", "");
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void unfinishedHeadIsCutEvenAfterAWholeRequest() throws Exception {
    try (var strict = TestServer.start("--request-timeout=1s");
        RawConnection client = strict.connect()) {
      client.send("GET /tasks HTTP/1.1", HOST, "", "GET /status HTTP/1.1", HOST);
      assertThat(client.readTo("]}")).startsWith("HTTP/1.1 200 ");
      long start = System.nanoTime();

      assertThat(client.readToEnd()).isEmpty();

      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
    }
  }
}
