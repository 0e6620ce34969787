package pushlab.bench.road;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One connection that a proxy opened to the origin.
final class OriginConnection extends SimpleChannelInboundHandler<Object> {

  private final Origin origin;
  private volatile @Nullable Arrival present;

  OriginConnection(Origin origin) {
    this.origin = origin;
  }

  /// Whether no request waits on `channel`.
  static boolean isIdle(Channel channel) {
    OriginConnection its = channel.pipeline().get(OriginConnection.class);
    if (its == null) {
      return true;
    }
    Arrival last = its.present;
    return last == null || last.isAnswered();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Object message) {
    switch (message) {
      case FullHttpRequest request -> answer(context, request);
      case CloseWebSocketFrame close -> {
        var _ = context.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
      }
      case PingWebSocketFrame ping -> {
        var _ = context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
      }
      default -> {
        // Nothing else is sent to this origin.
      }
    }
  }

  private void answer(ChannelHandlerContext context, FullHttpRequest request) {
    if (!request.decoderResult().isSuccess()) {
      var _ = context.close();
      return;
    }
    var target = new QueryStringDecoder(request.uri());
    List<String> tokens = target.parameters().getOrDefault(Script.PARAMETER, List.of());
    Script script = tokens.isEmpty() ? null : origin.script(tokens.getFirst());
    if (script == null) {
      send(context, HttpResponseStatus.NOT_FOUND);
      return;
    }
    switch (target.path()) {
      case "/update-status" ->
          send(context, isOwn(request) ? HttpResponseStatus.OK : HttpResponseStatus.FORBIDDEN);
      case "/ws" -> upgrade(context, request, script);
      default ->
          arrive(
              new Arrival(
                  context.channel(),
                  request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0),
              script);
    }
  }

  private void arrive(Arrival arrival, Script script) {
    present = arrival;
    script.add(arrival);
  }

  private void upgrade(ChannelHandlerContext context, FullHttpRequest request, Script script) {
    WebSocketServerHandshaker handshaker =
        request.method().equals(HttpMethod.GET)
                && request.headers().containsValue(HttpHeaderNames.CONNECTION, "upgrade", true)
                && request.headers().containsValue(HttpHeaderNames.UPGRADE, "websocket", true)
            ? new WebSocketServerHandshakerFactory("", null, false).newHandshaker(request)
            : null;
    if (handshaker == null) {
      send(context, HttpResponseStatus.UPGRADE_REQUIRED);
      return;
    }
    handshaker
        .handshake(context.channel(), request)
        .addListener(
            done -> {
              if (done.isSuccess()) {
                arrive(new Arrival(context.channel(), true), script);
              }
            });
  }

  /// Whether no page of another site sends it: the same comparison of Origin and Host as the
  /// server's.
  private static boolean isOwn(FullHttpRequest request) {
    String page = request.headers().get(HttpHeaderNames.ORIGIN);
    String host = request.headers().get(HttpHeaderNames.HOST, "");
    return page == null || host.equalsIgnoreCase(URI.create(page).getRawAuthority());
  }

  private static void send(ChannelHandlerContext context, HttpResponseStatus status) {
    FullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
    answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
    answer.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    var _ = context.writeAndFlush(answer);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    Arrival last = present;
    if (last != null) {
      last.leave(System.nanoTime());
    }
    context.fireChannelInactive();
  }

  /// A proxy resets its connection: [#channelInactive] follows.
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
