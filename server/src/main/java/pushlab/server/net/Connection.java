package pushlab.server.net;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/// One of [Connections], from the first byte that may be read to the last.
record Connection(Connections connections, Line line, ServerConnection protocol, Linger linger)
    implements ServerConnection, InterruptableTask<Void> {

  @Override
  public void handle(Limit limit) throws InterruptedException {
    line.handledByThisThread();
    connections.opened(this);
    try {
      protocol.handle(limit);
    } finally {
      linger.ifNeeded();
      connections.closed(this);
    }
  }

  /// Ends what has gone beyond `bounds`; to be called once a second.
  void look(Bounds bounds) {
    line.look(bounds);
    linger.look();
    if (protocol instanceof Http2Connection http2) {
      http2.look(bounds);
    }
  }

  /// Helidon asks this at a stop, to end at once those that wait for a request.
  @Override
  public boolean canInterrupt() {
    return linger.isGoingOn()
        || (protocol instanceof InterruptableTask<?> task && task.canInterrupt());
  }

  /// Only who waits for its client can be idle: a request may be held for longer.
  @Override
  public Duration idleTime() {
    return line.isRead() ? protocol.idleTime() : Duration.ZERO;
  }

  @Override
  public void close(boolean interrupt) {
    protocol.close(interrupt);
    linger.cut();
  }
}
