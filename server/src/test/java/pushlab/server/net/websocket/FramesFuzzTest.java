package pushlab.server.net.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import pushlab.server.testing.FuzzedServer;
import pushlab.server.testing.Messages;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.WebSocketClient;

/// Random bytes as the frames of a WebSocket.
class FramesFuzzTest {

  private static final FuzzedServer SERVER = new FuzzedServer();

  @AfterAll
  static void stop() throws IOException {
    SERVER.close();
  }

  @FuzzTest(maxDuration = "3s")
  void frames(byte[] frames) throws IOException {
    try (RawConnection client = SERVER.connect()) {
      client.send("GET /ws HTTP/1.1").send(WebSocketClient.upgrade());
      assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 101 ");

      client.write(frames).finish();

      for (String frame = client.readFrame(); !frame.isEmpty(); frame = client.readFrame()) {
        Messages.assertFrameFits(frame);
      }
      client.reset();
    }
    SERVER.serveOthers();
  }
}
