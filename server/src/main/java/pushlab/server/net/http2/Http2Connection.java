package pushlab.server.net.http2;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import pushlab.server.net.line.Bounds;

/// A connection that speaks HTTP/2 (RFC 9113). Helidon reads and writes the frames. This class ends
/// the streams whose client has gone, and keeps a connection with streams from counting as idle.
public final class Http2Connection implements ServerConnection, InterruptableTask<Void> {

  /// How many streams a client may have at once. Helidon closes the connection of a client that
  /// opens more.
  private static final int MAX_STREAMS = 1024;

  /// How many streams a client may reset in 10 s before they are answered, and how many it may make
  /// the server reset in the life of the connection. Helidon closes the connection of a client that
  /// exceeds one of them.
  private static final int MAX_RESETS = 10_000;

  /// The least that a client may count on. A request is small.
  private static final int WINDOW = 65_535;

  private final Http2Streams streams;
  private final ServerConnection connection;

  public Http2Connection(ConnectionContext context, Http2Streams streams, Bounds bounds) {
    this.streams = streams;
    this.connection =
        Http2ConnectionSelector.builder()
            .http2Config(config(bounds))
            .addSubProtocolSelector(streams)
            .build()
            .connection(context);
  }

  private static Http2Config config(Bounds bounds) {
    return Http2Config.builder()
        .maxConcurrentStreams(MAX_STREAMS)
        .maxRapidResets(MAX_RESETS)
        .initialWindowSize(WINDOW)
        .maxHeaderListSize(bounds.headerBytes())
        // The routes answer a malformed path. Helidon would close the connection.
        .validatePath(false)
        .build();
  }

  /// Ends the requests that have exceeded `bounds`.
  public void look(Bounds bounds) {
    streams.look(bounds);
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    try {
      connection.handle(limit);
    } finally {
      streams.end();
    }
  }

  @Override
  public boolean canInterrupt() {
    return streams.isEmpty();
  }

  @Override
  public Duration idleTime() {
    return streams.isEmpty() ? connection.idleTime() : Duration.ZERO;
  }

  @Override
  public void close(boolean interrupt) {
    connection.close(interrupt || streams.isEmpty());
  }
}
