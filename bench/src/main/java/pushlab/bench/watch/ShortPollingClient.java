package pushlab.bench.watch;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks `GET /status` at an interval, each subscriber from a random moment on: on the same
/// connection, or on a new one if the server has ended it meanwhile.
final class ShortPollingClient extends SimpleChannelInboundHandler<FullHttpResponse> {

  private final Node node;
  private final Subscriber subscriber;
  private final Line line;
  private final long intervalNanos;
  private @Nullable String tag;
  private boolean resting;

  ShortPollingClient(Node node, Subscriber subscriber, Line line, Duration interval) {
    this(node, subscriber, line, interval.toNanos(), null);
  }

  private ShortPollingClient(
      Node node, Subscriber subscriber, Line line, long intervalNanos, @Nullable String tag) {
    this.node = node;
    this.subscriber = subscriber;
    this.line = line;
    this.intervalNanos = intervalNanos;
    this.tag = tag;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    ask(context);
  }

  private void ask(ChannelHandlerContext context) {
    resting = false;
    var request = node.get(subscriber.of("/status"));
    if (tag != null) {
      request.headers().set(HttpHeaderNames.IF_NONE_MATCH, tag);
    }
    subscriber.tally().requests++;
    var _ = context.writeAndFlush(request, context.voidPromise());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
    boolean first = subscriber.version() < 0;
    switch (response.status().code()) {
      case 200 -> {
        tag = response.headers().get(HttpHeaderNames.ETAG);
        subscriber.received(response.content());
      }
      case 304 -> {}
      default -> subscriber.tally().error(Answered.by("GET /status", response));
    }
    resting = true;
    if (!Answered.keepsConnection(response, context.channel().isActive())) {
      line.end();
    }
    long wait = first ? ThreadLocalRandom.current().nextLong(intervalNanos) : intervalNanos;
    var _ = context.executor().schedule(() -> askAgain(context), wait, TimeUnit.NANOSECONDS);
  }

  private void askAgain(ChannelHandlerContext context) {
    if (subscriber.tally().leaving) {
      return;
    }
    if (context.channel().isActive()) {
      ask(context);
    } else {
      line.connect(new ShortPollingClient(node, subscriber, line, intervalNanos, tag));
    }
  }

  /// A server may end a connection on which nothing is asked (RFC 9112, section 9.5).
  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (resting) {
      line.end();
    }
    context.fireChannelInactive();
  }
}
