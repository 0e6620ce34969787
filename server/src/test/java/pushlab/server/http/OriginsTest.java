package pushlab.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.Problems.assertProblem;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.TestServer;

/// What pages of other sites may do.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OriginsTest {

  private static final String[] UPGRADE = {
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ""
  };

  private final TestServer server =
      TestServer.start("--allow-host=lab.example", "--allow-origin=https://course.example");

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "http://lab.example:81",
        "http://lab.example.evil.example",
        "http://evil.example/lab.example",
        "https://course.example:8443",
        "http://course.example",
        "null",
        "lab.example",
        ""
      })
  void pageOfAnotherSiteCanNeitherUpdateNorOpenAWebSocket(String origin) throws Exception {
    assertProblem(update(origin), 403, "Origin: ");
    assertThat(server.state().current().version()).isZero();
    assertProblem(upgrade(origin), 403, "Origin: ");
    assertThat(server.server.subscribers().waiting()).isZero();
  }

  @Test
  void theRefusalNamesTheHeaderThatAProxyMustPassOn() throws Exception {
    assertProblem(update("http://lab.example:81"), 403, "proxy_set_header Host $http_host");
    assertProblem(update("http://lab.example:81"), 403, "ProxyPreserveHost On");
    assertProblem(update("http://lab.example:81"), 403, "--allow-origin");
  }

  /// Another program might use either of them.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://lab.example\r\nOrigin: https://evil.example",
        "https://evil.example\r\nOrigin: http://lab.example",
        "http://lab.example\r\nOrigin: http://lab.example",
      })
  void twoOriginsAreRefused(String origins) throws Exception {
    assertProblem(update(origins), 400, "Origin: must be given once only");
    assertProblem(upgrade(origins), 400, "Origin: must be given once only");
    assertThat(server.state().current().version()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://lab.example", "https://lab.example", "https://course.example"})
  void ownAndAllowedPagesMayUpdateAndOpenAWebSocket(String origin) throws Exception {
    assertThat(update(origin)).startsWith("HTTP/1.1 200 ");
    assertThat(upgrade(origin)).startsWith("HTTP/1.1 101 ");
  }

  @Test
  void anAllowedSitesPageMayReadTheAnswerToo() throws Exception {
    String allowed = "Access-Control-Allow-Origin: https://course.example\r\n";

    assertThat(send("GET /status HTTP/1.1", "Origin: https://course.example", ""))
        .contains(allowed, "Vary: Origin\r\n");
    assertThat(send("GET /status?task=none HTTP/1.1", "Origin: https://course.example", ""))
        .startsWith("HTTP/1.1 404 ")
        .contains(allowed);
    assertThat(send("GET /status HTTP/1.1", "Origin: https://evil.example", ""))
        .startsWith("HTTP/1.1 200 ")
        .doesNotContain("Access-Control");
  }

  @Test
  void anAllowedSitesPageMayAskBeforehand() throws Exception {
    try (RawConnection client = server.connect()) {
      client.send("OPTIONS /update-status HTTP/1.1", "Host: x", "Origin: https://course.example");
      client.send("Access-Control-Request-Method: POST", "");

      assertThat(client.readTo("\r\n\r\n"))
          .startsWith("HTTP/1.1 204 ")
          .contains("Access-Control-Allow-Methods: GET, POST\r\n")
          .contains("Authorization, Content-Type");
    }
  }

  private String update(String origin) throws Exception {
    return send(
        "POST /update-status?status=x HTTP/1.1", "Content-Length: 0", "Origin: " + origin, "");
  }

  private String upgrade(String origin) throws Exception {
    try (RawConnection client = server.connect()) {
      client.send("GET /ws HTTP/1.1", "Host: lab.example", "Origin: " + origin).send(UPGRADE);
      String head = client.readTo("\r\n\r\n");
      return head.startsWith("HTTP/1.1 101 ") ? head : head + client.readTo("}");
    }
  }

  private String send(String... request) throws Exception {
    try (RawConnection client = server.connect()) {
      client.send(request[0], "Host: lab.example");
      return client.send(Arrays.copyOfRange(request, 1, request.length)).readTo("}");
    }
  }
}
