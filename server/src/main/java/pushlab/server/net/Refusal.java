package pushlab.server.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pushlab.server.transport.Problem;

/// A connection too many: whatever it asks is answered by 503, once.
final class Refusal implements ServerConnection {

  private final ConnectionContext context;
  private final long since = System.nanoTime();
  private volatile @Nullable Thread thread;

  Refusal(ConnectionContext context) {
    this.context = context;
  }

  /// Reads first: a client that is answered before it asked may see a reset instead of the answer.
  @Override
  public void handle(Limit limit) {
    thread = Thread.currentThread();
    context.dataReader().pullData();
    byte[] body =
        new Problem(
                Status.SERVICE_UNAVAILABLE_503,
                "there are as many connections as this server takes (--max-connections)")
            .document("/");
    String head =
        """
        HTTP/1.1 503 Service Unavailable\r
        Content-Type: application/problem+json\r
        Content-Length: %d\r
        Retry-After: 5\r
        Connection: close\r
        \r
        """
            .formatted(body.length);
    context.dataWriter().writeNow(BufferData.create(head.getBytes(US_ASCII)));
    context.dataWriter().writeNow(BufferData.create(body));
  }

  @Override
  public Duration idleTime() {
    return Duration.ofNanos(System.nanoTime() - since);
  }

  @Override
  public void close(boolean interrupt) {
    Thread waiting = thread;
    if (waiting != null) {
      waiting.interrupt();
    }
  }
}
