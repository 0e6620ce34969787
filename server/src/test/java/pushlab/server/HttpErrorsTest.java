package pushlab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.Problems.assertProblem;
import static pushlab.server.TestServer.header;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the server makes of bytes that no client of ours would send.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpErrorsTest {

  private static final String UPDATE = "POST /update-status HTTP/1.1";
  private static final String HOST = "Host: localhost";
  private static final String JSON = "Content-Type: application/json";

  private final TestServer server = TestServer.start("--max-body=1000", "--max-tasks=1");

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "\u0001\u0002\u0003",
        "GET /status HTTP/9.9",
        "GET /status",
        "GET  HTTP/1.1",
        "GE(T /status HTTP/1.1",
        "GET /status?last_version=%zz HTTP/1.1",
        "GET /%zz HTTP/1.1",
      })
  void refusesABadRequestLine(String line) throws Exception {
    assertThatServerAnswers(400, "not one that this server can read", line, HOST, "");
  }

  @Test
  void tellsAProxyThatSpeaksAnOldProtocolWhichOneToSpeak() throws Exception {
    String line = "GET /status HTTP/1.0";

    assertThatServerAnswers(400, "proxy_http_version 1.1", line, HOST, "");
  }

  @Test
  void refusesALongRequestLine() throws Exception {
    String line = "GET /" + "a".repeat(100_000) + " HTTP/1.1";

    assertThatServerAnswers(414, "longer than this server takes", line, HOST, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no colon", "bad name: x", "Host: y", "X: \u0001"})
  void refusesABadHeader(String header) throws Exception {
    assertThatServerAnswers(400, "not one that", "GET /status HTTP/1.1", HOST, header, "");
  }

  @Test
  void refusesHeadersOf100Kilobytes() throws Exception {
    String header = "X: " + "a".repeat(100_000);

    assertThatServerAnswers(400, "not one that", "GET /status HTTP/1.1", HOST, header, "");
  }

  @Test
  void refusesARequestWithoutHost() throws Exception {
    assertThatServerAnswers(400, "not one that", "GET /status HTTP/1.1", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ZZ", "-1", "2\r;"})
  void refusesAChunkWhoseSizeIsNoNumber(String size) throws Exception {
    assertThatServerAnswers(
        400,
        "body: has a chunk",
        UPDATE,
        HOST,
        JSON,
        "Connection: close",
        "Transfer-Encoding: chunked",
        "",
        size,
        "{}",
        "0",
        "");
  }

  @Test
  void refusesALengthThatIsNoNumber() throws Exception {
    assertThatServerAnswers(400, "not one that", UPDATE, HOST, JSON, "Content-Length: abc", "");
  }

  /// Two servers in a row would look for its end in different places.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Length: -1 | 400 | Content-Length: ",
        "Content-Length: -2 | 400 | Content-Length: ",
        "Content-Length: +2 | 400 | Content-Length: ",
        "Content-Length: 2 & Content-Length: 3 | 400 | Content-Length: ",
        "Content-Length: 2 & Transfer-Encoding: chunked | 400 | Content-Length: ",
        "Transfer-Encoding: gzip, chunked | 501 | Transfer-Encoding: ",
        "Transfer-Encoding: identity | 501 | Transfer-Encoding: ",
      })
  void refusesARequestWhoseEndIsUnclear(String headers, int status, String detail)
      throws Exception {
    String lines = headers.replace(" & ", "\r\n");

    assertThatServerAnswers(status, detail, UPDATE, HOST, JSON, lines, "", "{}");
    assertThatServerAnswers(status, detail, "GET /status HTTP/1.1", HOST, lines, "", "{}");
  }

  @Test
  void refusesABodyThatIsTooLong() throws Exception {
    assertThatServerAnswers(413, "longer than", UPDATE, HOST, JSON, "Content-Length: 1001", "");
  }

  /// What follows an answer that ends the connection is not a request, whoever wrote it there.
  @Test
  void readsNoRequestOutOfABodyThatIsTooLong() throws Exception {
    String smuggled = "POST /update-status?status=smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String[] request = {
      UPDATE, HOST, JSON, "Transfer-Encoding: chunked", "", "3e9", smuggled.repeat(20), "0", ""
    };

    assertThatServerAnswers(413, "longer than", request);
    assertThat(server.state().current().version()).isZero();
  }

  @Test
  void clientThatGoesAwayAmidItsBodyIsNoCaseForTheLog() throws Exception {
    try (var log = new Log();
        RawConnection client = server.connect()) {
      client.send(UPDATE, HOST, JSON, "Content-Length: 100", "", "{").finish();

      assertThat(client.readToEnd()).isEmpty();
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void closesTheConnectionOfWhoeverAsksForIt() throws Exception {
    try (RawConnection client = server.connect()) {
      client.send("GET /status HTTP/1.1", HOST, "Connection: close", "");

      assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 ").endsWith("}");
    }
  }

  @Test
  void keepsAConnectionOverARefusal() throws Exception {
    try (RawConnection client = server.connect()) {
      client.send("GET /poll-status?last_version=abc HTTP/1.1", HOST, "");
      assertThat(client.readTo("}")).startsWith("HTTP/1.1 400 ");

      client.send("GET /status HTTP/1.1", HOST, "");
      assertThat(client.readTo("}")).startsWith("HTTP/1.1 200 ");
    }
  }

  /// A body here would be taken for the next answer.
  @ParameterizedTest
  @ValueSource(strings = {"/poll-status", "/nothing", "/ws", "/update-status"})
  void answersHeadWithoutABody(String path) throws Exception {
    try (RawConnection client = server.connect()) {
      client.send("HEAD " + path + " HTTP/1.1", HOST, "");
      assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 40");

      client.send("GET /health/live HTTP/1.1", HOST, "");
      assertThat(client.readTo("}")).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /status",
    "PUT, /status",
    "POST, /poll-status",
    "DELETE, /events",
    "POST, /ws",
    "BREW, /status",
  })
  void refusesEveryMethodButGetWhereThereIsOnlyThat(String method, String path) throws Exception {
    HttpResponse<String> answer = server.send(method, path);

    assertProblem(answer, 405, path + " takes GET, not " + method);
    assertThat(header(answer, "Allow")).isEqualTo("GET");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/status/",
        "/Status",
        "/a%0Ab",
        "/%3Cscript%3E",
        "/..%2f..%2fpom.xml"
      })
  void saysThatThereIsNothingAtAnUnknownPath(String path) throws Exception {
    assertProblem(server.get(path), 404, "there is nothing at /");
    assertProblem(server.send("POST", path), 404, "there is nothing at /");
  }

  @Test
  void isAliveAndReady() throws Exception {
    for (String path : new String[] {"/health/live", "/health/ready"}) {
      HttpResponse<String> answer = server.get(path);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
    }
  }

  @Test
  void servesThePage() throws Exception {
    HttpResponse<String> page = server.get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).startsWith("text/html");
    assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void doesNotSendAFileOfThePageAgainThatHasNotChanged() throws Exception {
    String tag = header(server.get("/page.js"), "ETag");

    HttpResponse<String> unchanged = server.get("/page.js", "If-None-Match", tag);

    assertThat(unchanged.statusCode()).isEqualTo(304);
    assertThat(unchanged.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/page.js", "/icon.svg"})
  void letsThePageLoadWhatIsItsOwnOnly(String path) throws Exception {
    HttpResponse<String> file = server.get(path);

    assertThat(header(file, "Content-Security-Policy"))
        .startsWith("default-src 'none';")
        .contains("script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "*");
    assertThat(header(file, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(file, "Referrer-Policy")).isEqualTo("no-referrer");
  }

  private void assertThatServerAnswers(int status, String detail, String... request)
      throws Exception {
    try (RawConnection client = server.connect()) {
      client.send(request);

      assertProblem(client.readToEnd(), status, detail);
    }
    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
  }
}
