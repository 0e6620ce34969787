package pushlab.server.net;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pushlab.server.net.http2.Http2Connection;
import pushlab.server.net.line.Bounds;
import pushlab.server.net.line.Line;
import pushlab.server.net.line.Linger;
import pushlab.server.transport.AsData;

/// One of the [Connections], from its first byte to its last.
record Connection(Line line, ServerConnection protocol, Linger linger) {

  /// Handles it until its thread can end. A stream stays in the thread if a look-ahead reads
  /// already, as it does when what was before the stream has taken long.
  ///
  /// @return how its subscriber waits as data from now on; null if the connection has ended
  @Nullable AsData handle(Limit limit) throws InterruptedException {
    boolean goesOn = false;
    try {
      protocol.handle(limit);
    } catch (AsData data) {
      goesOn = line.giveAway();
      if (goesOn) {
        return data;
      }
      data.serve(line.out());
    } finally {
      if (!goesOn) {
        linger.ifNeeded();
      }
    }
    return null;
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
