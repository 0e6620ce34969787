package pushlab.bench.watch;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Sends `GET /poll-status`, and sends it again after each answer: on the same connection, or on a
/// new one if the server closes it.
final class LongPollingClient extends SimpleChannelInboundHandler<FullHttpResponse> {

  private final Node node;
  private final Subscriber subscriber;
  private final Link link;

  LongPollingClient(Node node, Subscriber subscriber, Link link) {
    this.node = node;
    this.subscriber = subscriber;
    this.link = link;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    ask(context);
  }

  private void ask(ChannelHandlerContext context) {
    subscriber.counters().requests++;
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
      link.end();
      link.connect(new LongPollingClient(node, subscriber, link));
    } else if (subscriber.counters().leaving) {
      Subscribers.leave(context.channel());
    } else {
      ask(context);
    }
  }
}
