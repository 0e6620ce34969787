package pushlab.bench.watch;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;

/// Asks `GET /poll-status`, and asks again as soon as it is answered.
final class LongPollingClient extends SimpleChannelInboundHandler<FullHttpResponse> {

  private final Target target;
  private final Subscriber subscriber;

  LongPollingClient(Target target, Subscriber subscriber) {
    this.target = target;
    this.subscriber = subscriber;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    ask(context);
  }

  private void ask(ChannelHandlerContext context) {
    subscriber.tally().requests++;
    var _ = context.writeAndFlush(target.get("/poll-status" + query()), context.voidPromise());
  }

  private String query() {
    if (subscriber.version() < 0) {
      return "";
    }
    String query = "?last_version=" + subscriber.version();
    return subscriber.epoch() == null ? query : query + "&epoch=" + subscriber.epoch();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
    switch (response.status().code()) {
      case 200 -> subscriber.received(response.content());
      case 204 -> {}
      default -> {
        subscriber.tally().error("GET /poll-status answered " + response.status());
        var _ = context.close();
        return;
      }
    }
    if (subscriber.tally().leaving) {
      var _ = context.close();
    } else {
      ask(context);
    }
  }
}
