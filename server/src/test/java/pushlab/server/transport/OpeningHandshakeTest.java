package pushlab.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.Problems.assertProblem;
import static pushlab.server.testing.TestServer.header;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.TestServer;

/// What an opening handshake needs, and the answer if something is missing (RFC 6455, section 4.2).
class OpeningHandshakeTest {

  private static final String HOST = "Host: localhost";
  private static final String CONNECTION = "Connection: Upgrade";
  private static final String UPGRADE = "Upgrade: websocket";
  private static final String VERSION = "Sec-WebSocket-Version: 13";
  private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

  private static final TestServer SERVER = TestServer.start();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade: websocket",
        "Upgrade: WebSocket",
        "Upgrade: WEBSOCKET",
        "Upgrade: wEbSoCkEt",
        "Upgrade: foo, websocket",
        "Upgrade: WebSocket,foo/2",
        "Upgrade: foo\r\nUpgrade: websocket",
      })
  void upgradesWhateverTheCaseOfTheProtocol(String upgrade) throws Exception {
    assertUpgrades(HOST, CONNECTION, upgrade, VERSION, KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection: upgrade",
        "Connection: keep-alive, Upgrade",
        "connection: UPGRADE,keep-alive",
        "Connection: keep-alive\r\nConnection: Upgrade",
      })
  void upgradesWithOtherConnectionOptionsToo(String connection) throws Exception {
    assertUpgrades(HOST, connection, UPGRADE, VERSION, KEY);
  }

  private static void assertUpgrades(String... headers) throws Exception {
    // Key and answer are the example of RFC 6455.
    assertThat(answer("\r\n\r\n", "GET /ws HTTP/1.1", headers))
        .startsWith("HTTP/1.1 101 ")
        .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "Sec-WebSocket-Version: 8, Sec-WebSocket-Version: must be 13",
        "Sec-WebSocket-Version: 14, Sec-WebSocket-Version: must be 13",
        "Sec-WebSocket-Version: \"\", Sec-WebSocket-Version: must be 13",
        "X: no version, Sec-WebSocket-Version: must be 13",
      })
  void answers426WithItsVersionOfWebSocket(String version, String detail) throws Exception {
    String answer = answer("}", "GET /ws HTTP/1.1", HOST, CONNECTION, UPGRADE, version, KEY);

    assertProblem(answer, 426, detail);
    assertThat(answer).contains("Sec-WebSocket-Version: 13\r\n", "Upgrade: websocket\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: no key",
        "Sec-WebSocket-Key: ",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZQ==",
        "Sec-WebSocket-Key: not base64, not at all",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      })
  void reportsAMissingOrWrongKey(String key) throws Exception {
    assertProblem(
        answer("}", "GET /ws HTTP/1.1", HOST, CONNECTION, UPGRADE, VERSION, key),
        400,
        "Sec-WebSocket-Key: must be there once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X: no connection", "Connection: keep-alive", "Connection: upgraded"})
  void reportsThatConnectionDoesNotNameUpgrade(String connection) throws Exception {
    assertProblem(
        answer("}", "GET /ws HTTP/1.1", HOST, connection, UPGRADE, VERSION, KEY),
        400,
        "Connection: must name Upgrade");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X: no upgrade", "Upgrade: h2c", "Upgrade: websockets", "Upgrade: "})
  void answers426ToARequestWithoutUpgrade(String upgrade) throws Exception {
    String answer = answer("}", "GET /ws HTTP/1.1", HOST, CONNECTION, upgrade, VERSION, KEY);

    assertProblem(answer, 426, "Upgrade: this speaks WebSocket");
    assertThat(answer).contains("Upgrade: websocket\r\n", "Connection: Upgrade\r\n");
  }

  @Test
  void answersAPlainRequestWithUpgradeRequired() throws Exception {
    HttpResponse<String> answer = SERVER.get("/ws");

    assertProblem(answer, 426, "Upgrade: this speaks WebSocket");
    assertThat(header(answer, "Upgrade")).isEqualTo("websocket");
  }

  @Test
  void upgradesNoOtherMethodPathOrRequestWithABody() throws Exception {
    String[] rest = {HOST, CONNECTION, UPGRADE, VERSION, KEY};
    assertThat(answer("}", "POST /ws HTTP/1.1", rest)).startsWith("HTTP/1.1 405 ");
    assertThat(answer("}", "GET /wss HTTP/1.1", rest)).startsWith("HTTP/1.1 404 ");
    assertThat(answer("}", "GET /status HTTP/1.1", rest)).startsWith("HTTP/1.1 200 ");
    assertProblem(
        answer(
            "}", "GET /ws HTTP/1.1", HOST, CONNECTION, UPGRADE, VERSION, KEY, "Content-Length: 1"),
        400,
        "without a body");
  }

  private static String answer(String end, String line, String... headers) throws Exception {
    try (RawConnection client = SERVER.connect()) {
      client
          .send(line)
          .send(Stream.concat(Stream.of(headers), Stream.of("")).toArray(String[]::new));
      if (List.of(headers).contains("Content-Length: 1")) {
        client.write(0);
      }
      return client.readTo(end);
    }
  }
}
