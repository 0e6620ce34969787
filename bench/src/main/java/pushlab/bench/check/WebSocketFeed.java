package pushlab.bench.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.EOFException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import pushlab.bench.check.Rule.Broken;

/// A WebSocket. Netty answers its pings.
final class WebSocketFeed extends SimpleChannelInboundHandler<WebSocketFrame> implements Feed {

  private final CompletableFuture<Channel> opened = new CompletableFuture<>();
  private final CompletableFuture<String> pong = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final Arrivals messages = new Arrivals();

  /// Waits for the end of the handshake, and returns this.
  ///
  /// @throws TimeoutException if the handshake takes longer than `atMost`
  /// @throws ExecutionException if the handshake fails
  WebSocketFeed opened(Duration atMost)
      throws ExecutionException, TimeoutException, InterruptedException {
    opened.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
      opened.complete(context.channel());
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    switch (frame) {
      case TextWebSocketFrame text -> {
        if (!messages.add(new Message(text.text(), Optional.empty()))) {
          var _ = context.close();
        }
      }
      case PongWebSocketFrame answer -> pong.complete(answer.content().toString(UTF_8));
      case CloseWebSocketFrame _ -> {
        closed.complete(null);
        var _ = context.close();
      }
      default -> {
        // The contract uses no other frames.
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ended(new EOFException("the server closed the connection during the handshake"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ended(cause);
  }

  /// Ends the feed because of `cause`.
  void ended(Throwable cause) {
    opened.completeExceptionally(cause);
    closed.completeExceptionally(cause);
    if (cause instanceof DecoderException) {
      messages.end("a frame is wrong: " + cause.getMessage());
    } else {
      messages.end();
    }
  }

  /// Sends a ping with `data`. Returns whether a pong with the same data arrives within `atMost`.
  boolean ping(String data, Duration atMost) throws InterruptedException {
    send(new PingWebSocketFrame(Unpooled.copiedBuffer(data, UTF_8)));
    return comes(pong, atMost) && pong.resultNow().equals(data);
  }

  /// Sends a close frame. Returns whether a close frame arrives within `atMost`.
  boolean closeAndWait(Duration atMost) throws InterruptedException {
    send(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
    return comes(closed, atMost);
  }

  private void send(WebSocketFrame frame) {
    var _ = opened.resultNow().writeAndFlush(frame);
  }

  private static boolean comes(CompletableFuture<?> due, Duration atMost)
      throws InterruptedException {
    try {
      due.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException _) {
      return false;
    }
  }

  @Override
  public Optional<Message> poll(Duration atMost) throws Broken, InterruptedException {
    return messages.poll(atMost);
  }

  @Override
  public void close() {
    var _ = opened.resultNow().close();
  }
}
