package pushlab.bench.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.bench.NobodyListens;

class ServerAddressTest {

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8080, http, 127.0.0.1, 8080",
    "http://long_poll:5000/, http, long_poll, 5000",
    "http://_service, http, _service, 80",
    "https://example.org, https, example.org, 443",
    "HTTP://Example.org:, http, Example.org, 80",
    "http://[::1]:8080/path?query, http, [::1], 8080",
    "localhost:8080, http, localhost, 8080",
  })
  void parsesHostAndPortAsCurlDoes(String text, String scheme, String host, int port) {
    assertThat(ServerAddress.parse(text)).isEqualTo(new ServerAddress(scheme, host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://",
        "ftp://127.0.0.1",
        "http://:8080",
        "http://a b:80",
        "http://a:65536",
        "http://a:0",
        "http://a:x",
        "http://user@a:80",
      })
  void refusesOtherTexts(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerAddress.parse(text))
        .withMessageContaining("is not an address such as http://127.0.0.1:8080");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void localhostIsReachedAtTheAddressThatAServerListensAt(String only) throws Exception {
    try (var socket = new ServerSocket(0, 5, InetAddress.ofLiteral(only))) {
      var address = new ServerAddress("http", "localhost", socket.getLocalPort());

      assertThat(address.reach())
          .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral(only), socket.getLocalPort()));
      assertThat(address.localPort()).hasValue(socket.getLocalPort());
    }
  }

  @Test
  void saysThatNoServerListens() throws Exception {
    try (var nobody = new NobodyListens()) {
      var address = new ServerAddress("http", "localhost", nobody.port());

      assertThatIOException()
          .isThrownBy(address::reach)
          .withMessage("no server listens at http://localhost:" + address.port());
    }
  }

  @Test
  void saysThatTheHostIsUnknown() {
    assertThatIOException()
        .isThrownBy(new ServerAddress("http", "no_such_host.invalid", 80)::reach)
        .withMessage("there is no host named 'no_such_host.invalid'");
  }
}
