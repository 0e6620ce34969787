package pushlab.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.Problems.assertProblem;
import static pushlab.server.testing.TestServer.header;

import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.testing.Log;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.TestServer;

/// The answers to malformed requests.
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

  /// A `^` stands for a control character, which would be trimmed.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "garbage | must be a method, a path and HTTP/1.1",
        "^^^ | must be a method, a path and HTTP/1.1",
        "GET /status | must be a method, a path and HTTP/1.1",
        "GET  HTTP/1.1 | must be a method, a path and HTTP/1.1",
        "GET /status http/1.1 | must be a method, a path and HTTP/1.1",
        "GE(T /status HTTP/1.1 | the method has a character",
        "GET status HTTP/1.1 | must be a path",
        "GET ftp://x/status HTTP/1.1 | must be a path",
        "GET http:///status HTTP/1.1 | must be a path",
        "GET /status?last_version=%zz HTTP/1.1 | has a % without two",
        "GET /%z HTTP/1.1 | has a % without two",
        "GET /status#x HTTP/1.1 | has a #, which must be percent-encoded",
        "POST /update-status?status=Terminée HTTP/1.1 | bytes that must be percent-encoded",
        "POST /update-status?status=En cours HTTP/1.1 | has a space, which must be written %20",
        "POST /update-status?status=^ HTTP/1.1 | has a control character",
      })
  void reportsWhatIsWrongWithARequestLine(String line, String detail) throws Exception {
    assertThatServerAnswers(400, detail, line.replace('^', '\u0001'), HOST, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/9.9", "HTTP/2.0", "HTTP/0.9"})
  void reportsWhichVersionOfHttpItSpeaks(String version) throws Exception {
    assertThatServerAnswers(505, "speaks HTTP/1.1", "GET /status " + version, HOST, "");
  }

  @Test
  void refusesALongRequestLine() throws Exception {
    String line = "GET /" + "a".repeat(100_000) + " HTTP/1.1";

    assertThatServerAnswers(414, "longer than this server accepts", line, HOST, "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no colon | has no colon",
        "bad : x | bad: has a space before its colon",
        "bad name: x | bad: has a space before its colon",
        ": x | or is empty",
        "b(d: x | the name of a header has a character that no name has",
        "` folded` | continues on a second line",
        "Host: y | Host: must be given once only",
        "X: ^ | X: has a control character",
        "X: a\\rb | X: has a control character",
        "X: a\\nb | ends by LF alone",
      })
  void reportsWhatIsWrongWithAHeader(String header, String detail) throws Exception {
    String line = header.replace('^', '\u0001').translateEscapes();

    assertThatServerAnswers(400, detail, "GET /status HTTP/1.1", HOST, line, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "user@x", "x:port", "x:123456", "[::1", "[x]", "a/b"})
  void refusesAMalformedHost(String host) throws Exception {
    assertThatServerAnswers(
        400, "Host: must be a name", "GET /status HTTP/1.1", "Host: " + host, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "long_poll:5000", "127.0.0.1", "[::1]", "[::1]:8080", "x:", "xn--9ca.fr"})
  void acceptsAHost(String host) throws Exception {
    try (RawConnection client = server.connect()) {
      client.send("GET /status HTTP/1.1", "Host: " + host, "Connection: close", "");

      assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void refusesHeadersOf100Kilobytes() throws Exception {
    String header = "X: " + "a".repeat(100_000);

    assertThatServerAnswers(431, "headers of the", "GET /status HTTP/1.1", HOST, header, "");
  }

  @Test
  void refusesARequestWithoutHost() throws Exception {
    assertThatServerAnswers(400, "Host: is missing", "GET /status HTTP/1.1", "");
  }

  /// The requests before it are answered first.
  @Test
  void answersEarlierRequestsBeforeItRefusesALaterOne() throws Exception {
    try (RawConnection client = server.connect()) {
      client.send("GET /tasks HTTP/1.1", HOST, "", "GET /status HTTP/1.1", HOST, "", "garbage");

      assertThat(client.readTo("]}")).startsWith("HTTP/1.1 200 ");
      assertThat(client.readTo("\"}")).startsWith("HTTP/1.1 200 ").contains("ETag");
      assertProblem(client.readToEnd(), 400, "must be a method");
    }
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
    assertThatServerAnswers(
        400, "Content-Length: must", UPDATE, HOST, JSON, "Content-Length: abc", "");
  }

  /// Two servers in a row could find its end in different places.
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

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "identity, gzip"})
  void refusesABodyThatIsCompressed(String coding) throws Exception {
    String header = "Content-Encoding: " + coding;
    try (RawConnection client = server.connect()) {
      client.send(UPDATE, HOST, JSON, header, "Connection: close", "Content-Length: 2", "", "xx");

      String answer = client.readToEnd();
      assertProblem(answer, 415, "Content-Encoding: ");
      assertThat(answer).contains("\r\nAccept-Encoding: identity\r\n");
    }
  }

  @Test
  void refusesABodyThatIsTooLong() throws Exception {
    assertThatServerAnswers(413, "longer than", UPDATE, HOST, JSON, "Content-Length: 1001", "");
  }

  /// Bytes after an answer that ends the connection are not read as a request.
  @Test
  void readsNoRequestFromABodyThatIsTooLong() throws Exception {
    String smuggled = "POST /update-status?status=smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String[] request = {
      UPDATE, HOST, JSON, "Transfer-Encoding: chunked", "", "3e9", smuggled.repeat(20), "0", ""
    };

    assertThatServerAnswers(413, "longer than", request);
    assertThat(server.state().current().version()).isZero();
  }

  @Test
  void clientThatGoesAwayDuringItsBodyIsNotLogged() throws Exception {
    try (var log = new Log();
        RawConnection client = server.connect()) {
      client.send(UPDATE, HOST, JSON, "Content-Length: 100", "", "{").finish();

      assertThat(client.readToEnd()).isEmpty();
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void closesTheConnectionIfTheClientAsksForIt() throws Exception {
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

  @ParameterizedTest
  @CsvSource({
    "POST, /status",
    "PUT, /status",
    "POST, /poll-status",
    "DELETE, /events",
    "POST, /ws",
    "POST, /health/live",
    "BREW, /status",
  })
  void refusesEveryMethodExceptGet(String method, String path) throws Exception {
    HttpResponse<String> answer = server.send(method, path);

    assertProblem(answer, 405, path + " takes GET, not " + method);
    assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD");
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
  void answers404AtAnUnknownPath(String path) throws Exception {
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
  @CsvSource(
      delimiter = '|',
      value = {
        "If-None-Match | 'no-tag'",
        "If-None-Match | \"",
        "If-None-Match | ",
        "If-Modified-Since | 0",
        "If-Modified-Since | x",
        "If-Unmodified-Since | x",
        "Range | bytes=99999999999999999999-",
        "Range | bytes=10-20",
        "Range | bytes=2-1",
        "Range | x",
      })
  void conditionsThatCannotBeReadAreIgnored(String header, @Nullable String value)
      throws Exception {
    for (String path : new String[] {"/", "/openapi.json"}) {
      try (RawConnection client = server.connect()) {
        String condition = header + ": " + (value == null ? "" : value);
        client.send("GET " + path + " HTTP/1.1", HOST, condition, "Connection: close", "");

        assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 ").endsWith("\n");
      }
    }
  }

  @Test
  void sendsAFileOfThePageIfItsConditionHolds() throws Exception {
    String tag = header(server.get("/"), "ETag");

    assertThat(server.get("/", "If-Match", "\"x\", " + tag).statusCode()).isEqualTo(200);
    assertProblem(server.get("/", "If-Match", "\"x\""), 412, "Not accepted by If-Match");
    assertThat(server.get("/", "If-None-Match", "\"x\", W/" + tag).statusCode()).isEqualTo(304);
    assertThat(server.get("/", "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/page.js", "/icon.svg"})
  void pageMayLoadOnlyFilesOfThisServer(String path) throws Exception {
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
