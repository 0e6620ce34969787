package pushlab.bench.watch;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks `GET /status` at an interval, each subscriber from a random moment on.
final class ShortPollingClient extends SimpleChannelInboundHandler<FullHttpResponse> {

  private final Node node;
  private final Subscriber subscriber;
  private final long intervalNanos;
  private @Nullable String tag;

  ShortPollingClient(Node node, Subscriber subscriber, Duration interval) {
    this.node = node;
    this.subscriber = subscriber;
    this.intervalNanos = interval.toNanos();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    ask(context);
  }

  private void ask(ChannelHandlerContext context) {
    if (context.channel().isActive() && !subscriber.tally().leaving) {
      var request = node.get(subscriber.of("/status"));
      if (tag != null) {
        request.headers().set(HttpHeaderNames.IF_NONE_MATCH, tag);
      }
      subscriber.tally().requests++;
      var _ = context.writeAndFlush(request, context.voidPromise());
    }
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
      default -> subscriber.tally().error("GET /status answered " + response.status());
    }
    long wait = first ? ThreadLocalRandom.current().nextLong(intervalNanos) : intervalNanos;
    var _ = context.executor().schedule(() -> ask(context), wait, TimeUnit.NANOSECONDS);
  }
}
