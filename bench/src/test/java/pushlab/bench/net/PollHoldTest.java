package pushlab.bench.net;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.bench.SmallServer.write;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.bench.SmallServer;
import pushlab.server.PushlabServer;
import pushlab.server.options.ServerOptions;

class PollHoldTest {

  @Test
  void isWhatOurServerSays() throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0", "--hold", "7s"))) {
      PollHold hold = PollHold.of(ServerAddress.of(server.address())).orElseThrow();

      assertThat(hold.time()).isEqualTo(Duration.ofSeconds(7));
      assertThat(hold.patience()).isEqualTo(Duration.ofSeconds(17));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Poll-Hold: 0", "Poll-Hold: soon", "Poll-Hold: 7200"})
  void isUnknownIfTheServerDoesNotSayIt(String header) throws Exception {
    try (var server = SmallServer.start()) {
      server.on(
          "/poll-status",
          (_, out) ->
              write(
                  out,
                  "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"
                      + (header.isEmpty() ? "" : header + "\r\n")
                      + "\r\n"));

      assertThat(PollHold.of(ServerAddress.of(server.address()))).isEmpty();
    }
  }

  @Test
  void isUnknownIfNoServerListens() {
    assertThat(PollHold.of(new ServerAddress("http", "127.0.0.1", 1))).isEmpty();
  }
}
