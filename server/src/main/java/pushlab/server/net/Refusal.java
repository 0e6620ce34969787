package pushlab.server.net;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.Status;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import pushlab.server.http.Problem;
import pushlab.server.net.http1.RefusalText;
import pushlab.server.net.http2.RefusalFrames;
import pushlab.server.net.line.LineContext;

/// A connection over the limit. Its first request is refused.
final class Refusal implements ServerConnection {

  private static final String DETAIL =
      "there are as many connections as this server accepts (--max-connections)";

  private static final byte[] NOTHING = {};

  private final LineContext context;
  private final UnaryOperator<byte[]> answer;
  private final long since = System.nanoTime();
  private volatile @Nullable Thread thread;

  private Refusal(LineContext context, UnaryOperator<byte[]> answer) {
    this.context = context;
    this.answer = answer;
  }

  /// Answers by HTTP/1.1: 503, or a stream that is cut to an event source.
  static Refusal http1(LineContext context) {
    var problem = new Problem(Status.SERVICE_UNAVAILABLE_503, DETAIL).with("Retry-After", "5");
    return new Refusal(context, request -> RefusalText.ofConnection(problem, request));
  }

  /// Sends GOAWAY by HTTP/2.
  static Refusal http2(LineContext context) {
    byte[] goodbye = RefusalFrames.of(DETAIL);
    return new Refusal(context, _ -> goodbye);
  }

  /// Reads first: a client that is answered before it has asked may see a reset instead of the
  /// answer.
  @Override
  public void handle(Limit limit) {
    thread = Thread.currentThread();
    byte[] request = context.line().read();
    byte[] answered = answer.apply(request == null ? NOTHING : request);
    context.dataWriter().writeNow(BufferData.create(answered));
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
