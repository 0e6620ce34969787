package pushlab.bench.watch;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Asks `GET /poll-status`, and asks again as soon as it is answered: on the same connection, or on
/// a new one if the server ends it.
final class LongPollingClient extends SimpleChannelInboundHandler<FullHttpResponse> {

  private final Node node;
  private final Subscriber subscriber;
  private final Line line;

  LongPollingClient(Node node, Subscriber subscriber, Line line) {
    this.node = node;
    this.subscriber = subscriber;
    this.line = line;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    ask(context);
  }

  private void ask(ChannelHandlerContext context) {
    subscriber.tally().requests++;
    var _ = context.writeAndFlush(node.get(path()), context.voidPromise());
  }

  private String path() {
    String path = subscriber.of("/poll-status");
    if (subscriber.version() < 0) {
      return path;
    }
    path += (path.contains("?") ? "&" : "?") + "last_version=" + subscriber.version();
    String epoch = subscriber.epoch();
    return epoch == null
        ? path
        : path + "&epoch=" + URLEncoder.encode(epoch, StandardCharsets.UTF_8);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
    switch (response.status().code()) {
      case 200 -> subscriber.received(response.content());
      case 204 -> {}
      default -> throw new IllegalStateException(Answered.by("GET /poll-status", response));
    }
    if (!Answered.keepsConnection(response, context.channel().isActive())) {
      line.end();
      line.connect(new LongPollingClient(node, subscriber, line));
    } else if (subscriber.tally().leaving) {
      Subscribers.leave(context.channel());
    } else {
      ask(context);
    }
  }
}
