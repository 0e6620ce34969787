package pushlab.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.Problems.assertProblem;

import java.net.InetAddress;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.RawHttp2;
import pushlab.server.testing.TestServer;

/// The names under which a server accepts updates and WebSockets. The name of another site may
/// resolve to this machine.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostsTest {

  private static final String[] UPGRADE = {
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ""
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "EVIL.example:8080",
        "localhost.evil.example",
        "evillocalhost",
        "127.0.0.1.evil.example",
        "127.0.0.1evil",
        "1.2.3",
        "localhost..",
        "-",
      })
  void onLoopbackAnotherNameIsRefused(String host) throws Exception {
    try (var server = TestServer.start("--allow-host=lab.example")) {
      assertProblem(update(server, host), 421, "--allow-host");
      assertProblem(upgrade(server, host), 421, "--allow-host");
      assertThat(server.state().current().version()).isZero();
      assertThat(read(server, host)).startsWith("HTTP/1.1 200 ");
    }
  }

  /// The page has the same origin, so its `Origin` does not reveal it.
  @Test
  void aPageUnderAnotherNameIsRefused() throws Exception {
    try (var server = TestServer.start()) {
      String own = "evil.example\r\nOrigin: http://evil.example";

      assertProblem(update(server, own), 421, "--allow-host");
      assertProblem(upgrade(server, own), 421, "--allow-host");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost:1",
        "localhost.",
        "localhost.:8080",
        "lab.localhost:80",
        "127.0.0.1",
        "192.168.1.20:8080",
        "[::1]",
        "[FE80::1]:8080",
        "lab.example",
        "Lab.Example.:80",
        "other_lab",
      })
  void onLoopbackItsOwnNamesAndAddressesAreAccepted(String host) throws Exception {
    try (var server = TestServer.start("--allow-host=LAB.example,other_lab")) {
      assertThat(update(server, host)).startsWith("HTTP/1.1 200 ");
      assertThat(upgrade(server, host)).startsWith("HTTP/1.1 101 ");
    }
  }

  @Test
  void theMachinesNameIsAccepted() throws Exception {
    String name = InetAddress.getLocalHost().getHostName();
    try (var server = TestServer.start()) {
      assertThat(update(server, name.toUpperCase(Locale.ROOT) + ":80")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void onOtherAddressesEveryNameIsAcceptedUnlessSomeAreGiven() throws Exception {
    try (var server = TestServer.start("--host=0.0.0.0")) {
      assertThat(update(server, "any.example")).startsWith("HTTP/1.1 200 ");
      assertThat(upgrade(server, "any.example")).startsWith("HTTP/1.1 101 ");
    }
    try (var server = TestServer.start("--host=0.0.0.0", "--allow-host=lab.example")) {
      assertProblem(update(server, "any.example"), 421, "--allow-host");
      assertThat(update(server, "lab.example")).startsWith("HTTP/1.1 200 ");
    }
  }

  /// RFC 9112, section 3.2.2.
  @Test
  void theHostOfAnAbsoluteTargetIsUsed() throws Exception {
    try (var server = TestServer.start()) {
      assertProblem(updateAt(server, "http://evil.example"), 421, "--allow-host");
      assertThat(updateAt(server, "http://localhost:8080")).startsWith("HTTP/1.1 200 ");
      assertThat(server.state().current().version()).isEqualTo(1);
    }
  }

  @Test
  void byHttp2TheAuthorityIsTheHost() throws Exception {
    try (var server = TestServer.startTls();
        RawHttp2 client = RawHttp2.to(server.uri("/"))) {
      assertThat(client.nextOf(client.update("evil.example")).hasStatus(200)).isFalse();
      assertThat(client.nextOf(client.update("localhost:1")).hasStatus(200)).isTrue();
      assertThat(server.state().current().version()).isEqualTo(1);
    }
  }

  private static String update(TestServer server, String host) throws Exception {
    return answer(server, "POST /update-status?status=x HTTP/1.1", host, "Content-Length: 0", "");
  }

  private static String updateAt(TestServer server, String origin) throws Exception {
    String line = "POST " + origin + "/update-status?status=x HTTP/1.1";
    return answer(server, line, "localhost", "Content-Length: 0", "");
  }

  private static String read(TestServer server, String host) throws Exception {
    return answer(server, "GET /status HTTP/1.1", host, "");
  }

  private static String answer(TestServer server, String line, String host, String... headers)
      throws Exception {
    try (RawConnection client = server.connect()) {
      return client.send(line, "Host: " + host).send(headers).readTo("}");
    }
  }

  private static String upgrade(TestServer server, String host) throws Exception {
    try (RawConnection client = server.connect()) {
      client.send("GET /ws HTTP/1.1", "Host: " + host).send(UPGRADE);
      String head = client.readTo("\r\n\r\n");
      return head.startsWith("HTTP/1.1 101 ") ? head : head + client.readTo("}");
    }
  }
}
