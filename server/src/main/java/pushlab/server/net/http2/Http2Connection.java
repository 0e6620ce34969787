package pushlab.server.net.http2;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import pushlab.server.net.line.Bounds;

/// A connection that speaks HTTP/2 (RFC 9113). Helidon reads and writes the frames; this looks
/// after the streams: those whose client has gone end, and while there are any the connection is
/// not idle.
public final class Http2Connection implements ServerConnection, InterruptableTask<Void> {

  /// How many streams a client may have at once. Helidon forgets those that have ended, of some
  /// kilobyte each, only when there are so many, and ends the connection of a client that has all
  /// of them open and replaces one: enough that nobody comes near, and no more.
  private static final int MAX_STREAMS = 1024;

  /// Helidon counts these over the whole life of a connection.
  private static final int MAX_RESETS = 10_000;

  /// The least that a client may count on; a request is small.
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
        // A path that is none is answered by the routes: Helidon would end the connection.
        .validatePath(false)
        .build();
  }

  /// Ends the requests that have gone beyond `bounds`.
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
