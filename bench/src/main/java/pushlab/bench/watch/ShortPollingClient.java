package pushlab.bench.watch;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sends `GET /status` at an interval, beginning at a random moment for each subscriber. It uses
/// the same connection, or a new one if the server has closed it.
final class ShortPollingClient extends SimpleChannelInboundHandler<FullHttpResponse> {

  private final Node node;
  private final Subscriber subscriber;
  private final Link link;
  private final long intervalNanos;
  private @Nullable String tag;
  private boolean resting;

  ShortPollingClient(Node node, Subscriber subscriber, Link link, Duration interval) {
    this(node, subscriber, link, interval.toNanos(), null);
  }

  private ShortPollingClient(
      Node node, Subscriber subscriber, Link link, long intervalNanos, @Nullable String tag) {
    this.node = node;
    this.subscriber = subscriber;
    this.link = link;
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
    subscriber.counters().requests++;
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
      default -> subscriber.counters().error(Answered.by("GET /status", response));
    }
    resting = true;
    if (!Answered.keepsConnection(response, context.channel().isActive())) {
      link.end();
    }
    long wait = first ? ThreadLocalRandom.current().nextLong(intervalNanos) : intervalNanos;
    var _ = context.executor().schedule(() -> askAgain(context), wait, TimeUnit.NANOSECONDS);
  }

  private void askAgain(ChannelHandlerContext context) {
    if (subscriber.counters().leaving) {
      return;
    }
    if (context.channel().isActive()) {
      ask(context);
    } else {
      link.connect(new ShortPollingClient(node, subscriber, link, intervalNanos, tag));
    }
  }

  /// A server may close an idle connection (RFC 9112, section 9.5).
  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (resting) {
      link.end();
    }
    context.fireChannelInactive();
  }
}
