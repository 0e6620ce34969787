package pushlab.server.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.Status;
import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.http.http2.Http2FrameType;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pushlab.server.transport.Problem;

/// A connection too many: whatever it asks is refused, once.
final class Refusal implements ServerConnection {

  private static final String DETAIL =
      "there are as many connections as this server takes (--max-connections)";

  private final ConnectionContext context;
  private final byte[] answer;
  private final long since = System.nanoTime();
  private volatile @Nullable Thread thread;

  private Refusal(ConnectionContext context, byte[] answer) {
    this.context = context;
    this.answer = answer;
  }

  /// By 503.
  static Refusal http1(ConnectionContext context) {
    byte[] body = new Problem(Status.SERVICE_UNAVAILABLE_503, DETAIL).document("/");
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
    return new Refusal(
        context,
        ByteBuffer.allocate(head.length() + body.length)
            .put(head.getBytes(US_ASCII))
            .put(body)
            .array());
  }

  /// By the frame that says before any request what 503 says after it: GOAWAY with
  /// ENHANCE_YOUR_CALM (RFC 9113, section 6.8), after the SETTINGS that come first always.
  static Refusal http2(ConnectionContext context) {
    byte[] detail = DETAIL.getBytes(US_ASCII);
    return new Refusal(
        context,
        ByteBuffer.allocate(26 + detail.length)
            .putInt(Http2FrameType.SETTINGS.type())
            .position(9)
            .putInt((8 + detail.length) << 8 | Http2FrameType.GO_AWAY.type())
            .position(22)
            .putInt(Http2ErrorCode.ENHANCE_YOUR_CALM.code())
            .put(detail)
            .array());
  }

  /// Reads first: a client that is answered before it asked may see a reset instead of the answer.
  @Override
  public void handle(Limit limit) {
    thread = Thread.currentThread();
    context.dataReader().pullData();
    context.dataWriter().writeNow(BufferData.create(answer));
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
