package pushlab.bench.check;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.bench.SmallServer.send;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.bench.SmallServer;

/// The findings when a proxy, and not the server, is the cause.
@Timeout(120)
class BehindProxyTest {

  private final SmallServer server = SmallServer.start(CheckTest.HOLD);

  BehindProxyTest() throws IOException {}

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void aKeptConnectionThatClosesWithoutNoticeIsNotAFault() throws Exception {
    server.hangUpAfter(3);
    Checking checking =
        Checking.upToThrice(
            it -> it.checked().findings().stream().noneMatch(Finding::isBroken),
            () -> Checking.of(server.address()));

    assertThat(checking.checked().findings()).filteredOn(Finding::isBroken).isEmpty();
    assertThat(checking.said())
        .containsPattern(
            "road  kept connections are answered\n.*\n.*\\d+ requests were sent again on a new"
                + " connection");
  }

  @Test
  void aNewConnectionThatClosesWithoutAnAnswerIsAFault() throws Exception {
    server.on(
        "/update-status",
        (_, _) -> {
          throw new IOException("enough");
        });
    Checking checking = Checking.of(server.address());

    assertThat(checking.checked().right()).isFalse();
    assertThat(checking.said())
        .contains("found:    the server, or a proxy in between, closed the connection without");
  }

  @Test
  void aProxyIsNamedIfItMayBeTheCause() throws Exception {
    server
        .on(
            "/poll-status",
            (_, out) ->
                send(
                    out,
                    200,
                    server.current().json(),
                    "Server: nginx/1.22.1\r\nX-Varnish: 32770 3\r\nVia: 1.1 varnish (Varnish/7.1)"))
        .on("/ws", (_, out) -> send(out, 426, "{}"));

    Checking checking = Checking.of(server.address());

    assertThat(checking.checked().remarks())
        .singleElement()
        .asString()
        .startsWith(
            "a proxy stands between (the answers say Server: nginx/1.22.1, Via: 1.1 varnish"
                + " (Varnish/7.1), X-Varnish); with --direct URL, the server's own address,");
    assertThat(checking.said())
        .contains(
            "road  WebSocket: first snapshot: the handshake was answered 426: its Upgrade header did"
                + " not arrive (see 'Upgrade is passed on' under 'What stands between')")
        .contains("road  Upgrade is passed on")
        .contains("means:    no client can open a WebSocket at this address")
        .contains("(nginx: proxy_http_version 1.1, proxy_set_header Upgrade $http_upgrade and");
  }

  @Test
  void aRefusalIsQuotedWithItsRemedy() throws Exception {
    String refusal = "x".repeat(250) + " proxy_http_version 1.1;";
    server.on("/poll-status", (_, out) -> send(out, 400, refusal));

    assertThat(Checking.of(server.address()).said()).contains("it answered 400 " + refusal);
  }

  @Test
  void aServerAtTheSecondAddressOfItsNameIsFound() throws Exception {
    try (var listener = new ServerSocket()) {
      listener.bind(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0));
      int port = listener.getLocalPort();

      Destination place = Destination.of(URI.create("http://localhost:%d/api".formatted(port)));

      assertThat(place.uri())
          .isEqualTo(URI.create("http://[0:0:0:0:0:0:0:1]:%d/api".formatted(port)));
      assertThat(place.host()).contains("localhost:" + port);
    }
    URI first = URI.create("http://127.0.0.1:" + server.address().getPort());
    assertThat(Destination.of(first).uri()).isEqualTo(first);
    assertThat(Destination.of(first).host()).isEmpty();
  }
}
