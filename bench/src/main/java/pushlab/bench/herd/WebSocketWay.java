package pushlab.bench.herd;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import pushlab.bench.net.ServerAddress;

/// WebSockets: one handshake, and a message for each version. A client resumes after what it has
/// seen.
record WebSocketWay(ServerAddress address) implements Way {

  private static final int LONGEST_ANSWER = 64 * 1024;

  /// The server is full, and clients return later (IANA's registry of close codes).
  private static final int TRY_AGAIN_LATER = 1013;

  @Override
  public void prepare(ChannelPipeline connection, Client client) {
    var headers = new DefaultHttpHeaders();
    headers.set(HttpHeaderNames.HOST, address.authority());
    headers.set(HttpHeaderNames.ORIGIN, address.toString());
    connection
        .addLast(new HttpClientCodec())
        .addLast(new HttpObjectAggregator(LONGEST_ANSWER))
        .addLast(
            new WebSocketClientProtocolHandler(
                WebSocketClientProtocolConfig.newBuilder()
                    .webSocketUri(address.uri("ws", "/ws" + client.seen().query()))
                    .customHeaders(headers)
                    .handleCloseFrames(false)
                    .handshakeTimeoutMillis(2 * Habits.PATIENCE.toMillis())
                    .build()))
        .addLast(new Messages(client));
  }

  /// Netty asks by itself once it is connected.
  @Override
  public void ask(Channel connection, Client client) {}

  private static final class Messages extends SimpleChannelInboundHandler<WebSocketFrame> {

    private final Client client;

    private Messages(Client client) {
      this.client = client;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event == WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
        client.served();
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
      if (frame instanceof TextWebSocketFrame) {
        client.received(frame.content());
      } else if (frame instanceof CloseWebSocketFrame close) {
        if (close.statusCode() == TRY_AGAIN_LATER) {
          client.turnedAway();
        }
        var _ = context.close();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      HttpResponse answer =
          cause instanceof WebSocketClientHandshakeException refused ? refused.response() : null;
      if (answer != null && Way.isTooBusy(answer.status().code())) {
        Way.obeyRetryAfter(answer.headers(), client);
        client.turnedAway();
      } else if (answer != null) {
        client.failed(cause);
      }
      var _ = context.close();
    }
  }
}
