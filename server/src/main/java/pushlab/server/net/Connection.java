package pushlab.server.net;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pushlab.server.net.http2.Http2Connection;
import pushlab.server.net.line.Bounds;
import pushlab.server.net.line.Exchanges;
import pushlab.server.net.line.Line;
import pushlab.server.net.line.Linger;
import pushlab.server.net.loop.GivenBack;

/// One of the [Connections], from its first byte to its last.
record Connection(Line line, ServerConnection protocol, Exchanges exchanges, Linger linger) {

  /// Handles it until it ends.
  ///
  /// @param back what it was given back with; null if it was just accepted
  /// @return a plain poll, if the connection goes on and is to be held as data
  byte @Nullable [] handle(Limit limit, @Nullable GivenBack back) throws InterruptedException {
    try {
      if (back != null) {
        back.finishAnswer(line.out());
      }
      protocol.handle(limit);
    } catch (CloseConnectionException e) {
      if (exchanges.poll() == null) {
        throw e;
      }
    } finally {
      linger.ifNeeded();
    }
    return exchanges.poll();
  }

  /// Ends what has exceeded `bounds`. To be called once a second.
  void look(Bounds bounds) {
    line.look(bounds);
    linger.look();
    if (protocol instanceof Http2Connection http2) {
      http2.look(bounds);
    }
  }

  /// Ends this connection if it carries requests and none has begun.
  void endIfUnused() {
    if (isUnused()) {
      protocol.close(false);
    }
  }

  private boolean isUnused() {
    return protocol instanceof Http2Connection http2
        ? http2.canInterrupt()
        : line.isBetweenRequests() && waitsForItsClient();
  }

  /// Ends this connection if nothing has arrived for longer than `idle`. Only a connection that
  /// waits for its client can be idle: a request may be held for longer.
  void endIfIdleFor(Duration idle) {
    if (waitsForItsClient() && protocol.idleTime().compareTo(idle) > 0) {
      protocol.close(false);
    }
  }

  private boolean waitsForItsClient() {
    return !(protocol instanceof InterruptableTask<?> task) || task.canInterrupt();
  }

  /// Ends this connection at once.
  void end() {
    protocol.close(true);
    linger.cut();
  }
}
