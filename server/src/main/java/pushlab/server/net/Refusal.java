package pushlab.server.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.DateTime;
import io.helidon.http.Status;
import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.http.http2.Http2FrameType;
import io.helidon.webserver.spi.ServerConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pushlab.server.transport.Problem;

/// A connection too many: whatever it asks is refused, once.
final class Refusal implements ServerConnection {

  private static final String DETAIL =
      "there are as many connections as this server takes (--max-connections)";

  private final LineContext context;
  private final byte[] answer;
  private final long since = System.nanoTime();
  private volatile @Nullable Thread thread;

  private Refusal(LineContext context, byte[] answer) {
    this.context = context;
    this.answer = answer;
  }

  /// By 503.
  static Refusal http1(LineContext context) {
    var problem = new Problem(Status.SERVICE_UNAVAILABLE_503, DETAIL).with("Retry-After", "5");
    return new Refusal(context, answer(problem, "/", false));
  }

  /// All that goes over the wire to refuse a request for `path` by HTTP/1, before the connection is
  /// closed.
  static byte[] answer(Problem problem, String path, boolean isHead) {
    byte[] body = problem.document(path);
    var head =
        new StringBuilder(
                "HTTP/1.1 %d %s\r\n"
                    .formatted(problem.status().code(), problem.status().reasonPhrase()))
            .append("Date: %s\r\n".formatted(DateTime.rfc1123String()))
            .append("Content-Type: application/problem+json\r\n")
            .append("Cache-Control: no-store\r\n");
    problem.headers().forEach((name, value) -> head.append("%s: %s\r\n".formatted(name, value)));
    head.append("Connection: close\r\nContent-Length: %d\r\n\r\n".formatted(body.length));
    return ByteBuffer.allocate(head.length() + (isHead ? 0 : body.length))
        .put(head.toString().getBytes(US_ASCII))
        .put(body, 0, isHead ? 0 : body.length)
        .array();
  }

  /// By the frame that says before any request what 503 says after it: GOAWAY with
  /// ENHANCE_YOUR_CALM (RFC 9113, section 6.8), after the SETTINGS that come first always.
  static Refusal http2(LineContext context) {
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
    context.line().read();
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
