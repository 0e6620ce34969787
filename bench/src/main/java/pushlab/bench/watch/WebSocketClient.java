package pushlab.bench.watch;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;

/// Upgrades `GET /ws` once, and reads a text frame a version; Netty answers pings and closes.
final class WebSocketClient extends SimpleChannelInboundHandler<TextWebSocketFrame> {

  private final Subscriber subscriber;

  WebSocketClient(Subscriber subscriber) {
    this.subscriber = subscriber;
  }

  /// What must stand before one of these in the pipeline.
  static WebSocketClientProtocolHandler upgrade(Node node, Subscriber subscriber) {
    var headers = new DefaultHttpHeaders();
    // Netty would take both from the address, of which it does not know every host.
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
    subscriber.tally().requests++;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
    subscriber.received(frame.content());
  }
}
