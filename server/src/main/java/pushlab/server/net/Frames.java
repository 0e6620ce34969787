package pushlab.server.net;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.io.UncheckedIOException;
import java.time.Duration;

/// A WebSocket that closes with 1002 on frames that RFC 6455 knows nothing of. Helidon takes such a
/// frame for its own failure and answers by an HTTP 500 amid the frames.
record Frames(ConnectionContext connection, ServerConnection webSocket)
    implements ServerConnection {

  private static final byte[] PROTOCOL_ERROR = {(byte) 0x88, 2, 1002 >> 8, (byte) 1002};

  @Override
  public void handle(Limit limit) throws InterruptedException {
    try {
      webSocket.handle(limit);
    } catch (CloseConnectionException | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      connection.dataWriter().writeNow(BufferData.create(PROTOCOL_ERROR));
      throw new CloseConnectionException("the client broke the protocol", e);
    }
  }

  @Override
  public Duration idleTime() {
    return webSocket.idleTime();
  }

  @Override
  public void close(boolean interrupt) {
    webSocket.close(interrupt);
  }
}
