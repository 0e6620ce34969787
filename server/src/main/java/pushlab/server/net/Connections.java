package pushlab.server.net;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.helidon.webserver.websocket.WsConfig;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import pushlab.server.admin.Origins;

/// Which protocol a new connection speaks, and how many connections are open. Thread-safe.
public final class Connections implements ServerConnectionSelector {

  private final ServerConnectionSelector http1;
  private final AtomicInteger open = new AtomicInteger();

  /// Connections that speak HTTP/1.1 and may be upgraded to WebSocket, but by pages of other sites
  /// than `origins`.
  public Connections(Origins origins) {
    this.http1 =
        Http1ConnectionSelector.builder()
            .config(Http1Config.create())
            .upgraders(WebSocketUpgrade.bySpelling(WsConfig.create(), origins))
            .build();
  }

  /// How many are open now, from the first byte that may be read to the last.
  public int open() {
    return open.get();
  }

  /// None: this is the only selector there is.
  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return new Counted(http1.connection(context));
  }

  /// Like `connection`, which counts as open while it is handled.
  private final class Counted implements ServerConnection, InterruptableTask<Void> {

    private final ServerConnection connection;

    private Counted(ServerConnection connection) {
      this.connection = connection;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      open.incrementAndGet();
      try {
        connection.handle(limit);
      } finally {
        open.decrementAndGet();
      }
    }

    /// Helidon asks this at a stop, to end at once those that wait for a request.
    @Override
    public boolean canInterrupt() {
      return connection instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @Override
    public Duration idleTime() {
      return connection.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      connection.close(interrupt);
    }
  }
}
