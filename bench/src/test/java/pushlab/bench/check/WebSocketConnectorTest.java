package pushlab.bench.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pushlab.bench.SmallServer;
import pushlab.bench.SmallWebSocket;
import pushlab.bench.check.Rule.Broken;

class WebSocketConnectorTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /// The JDK's client lost a part of the frame in one or two of a hundred tries.
  @Test
  void readsACompleteFrameThatArrivesWithTheHandshake() throws Exception {
    String text = "x".repeat(40_000);
    try (var server = SmallServer.start();
        var sockets = new WebSocketConnector(CheckedServer.tls(false))) {
      server.on(
          "/ws",
          (request, out) -> {
            var both = new ByteArrayOutputStream();
            SmallWebSocket.acceptMute(request, both).send(text);
            out.write(both.toByteArray());
          });
      for (int tries = 0; tries < 300; tries++) {
        try (var socket = sockets.open(server.address().resolve("/ws"), Optional.empty(), LIMIT)) {
          assertThat(socket.next(LIMIT).text()).isEqualTo(text);
        }
      }
    }
  }

  @Test
  void distinguishesAWrongFrameFromAnEnd() throws Exception {
    try (var server = SmallServer.start();
        var sockets = new WebSocketConnector(CheckedServer.tls(false))) {
      server.on(
          "/ws",
          (request, out) -> {
            SmallWebSocket.acceptMute(request, out);
            out.write(new byte[] {(byte) 0x83, 0});
          });
      server.on(
          "/ends",
          (request, out) -> {
            SmallWebSocket.acceptMute(request, out);
            out.close();
          });
      try (var wrong = sockets.open(server.address().resolve("/ws"), Optional.empty(), LIMIT);
          var ended = sockets.open(server.address().resolve("/ends"), Optional.empty(), LIMIT)) {
        assertThatExceptionOfType(Broken.class)
            .isThrownBy(() -> wrong.next(LIMIT))
            .withMessageContaining("a frame is wrong", "reserved opcode 3");
        assertThatExceptionOfType(Broken.class)
            .isThrownBy(() -> ended.next(LIMIT))
            .withMessage("the server ended the connection");
      }
    }
  }
}
