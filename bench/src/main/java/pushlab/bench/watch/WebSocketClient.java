package pushlab.bench.watch;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;

/// Upgrades `GET /ws` once, and reads one text frame for each version. Netty answers pings and
/// close frames.
final class WebSocketClient extends SimpleChannelInboundHandler<TextWebSocketFrame> {

  private final Subscriber subscriber;

  WebSocketClient(Subscriber subscriber) {
    this.subscriber = subscriber;
  }

  /// The handler that must precede this one in the pipeline.
  static WebSocketClientProtocolHandler upgrade(Node node, Subscriber subscriber) {
    var headers = new DefaultHttpHeaders();
    // Netty would take both from the URI, but cannot parse every host name.
    headers.set(HttpHeaderNames.HOST, node.address().authority());
    headers.set(HttpHeaderNames.ORIGIN, node.address().toString());
    return new WebSocketClientProtocolHandler(
        WebSocketClientProtocolConfig.newBuilder()
            .webSocketUri(node.uri("ws", subscriber.of("/ws")))
            .customHeaders(headers)
            .handshakeTimeoutMillis(30_000)
            .build());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    subscriber.counters().requests++;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
    subscriber.received(frame.content());
  }
}
