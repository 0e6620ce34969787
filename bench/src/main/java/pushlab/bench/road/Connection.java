package pushlab.bench.road;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A client's connection to a proxy. One request at a time; the caller reads its answer part by
/// part.
final class Connection implements AutoCloseable {

  private static final int SWITCHING_PROTOCOLS = 101;

  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final LastBytes lastBytes = new LastBytes();
  private final Ear ear = new Ear();
  private final URI proxy;
  private final boolean gzip;
  private volatile boolean compressed;
  private volatile @Nullable Channel channel;
  private volatile @Nullable WebSocketClientHandshaker handshaker;

  Connection(URI proxy, boolean gzip) {
    this.proxy = proxy;
    this.gzip = gzip;
  }

  /// The handler that hears what arrives.
  ChannelHandler ear() {
    return ear;
  }

  /// The handler that sees the bytes first.
  ChannelHandler lastBytes() {
    return lastBytes;
  }

  /// A handler that decompresses answers.
  ChannelHandler decompressor() {
    return new HttpContentDecompressor(0) {
      @Override
      protected EmbeddedChannel newContentDecoder(String encoding) throws Exception {
        compressed = encoding.equalsIgnoreCase("gzip");
        return super.newContentDecoder(encoding);
      }
    };
  }

  /// Whether the last answer was compressed.
  boolean isCompressed() {
    return compressed;
  }

  /// Sends a GET.
  void get(String target) {
    send(HttpMethod.GET, target, "", null);
  }

  /// Sends an update.
  void update(String target, String json) {
    send(HttpMethod.POST, target, json, null);
  }

  /// Sends an update, as a page of this proxy's address does.
  void updateFromPage(String target, String json) {
    send(HttpMethod.POST, target, json, origin());
  }

  private String origin() {
    return proxy.getScheme() + "://" + proxy.getRawAuthority();
  }

  private void send(HttpMethod method, String target, String json, @Nullable String origin) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, method, target, Unpooled.copiedBuffer(json, UTF_8));
    request.headers().set(HttpHeaderNames.HOST, proxy.getRawAuthority());
    request.headers().set(HttpHeaderNames.ACCEPT, "*/*");
    if (gzip) {
      request.headers().set(HttpHeaderNames.ACCEPT_ENCODING, "gzip");
    }
    if (!json.isEmpty()) {
      request.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
      request.headers().set(HttpHeaderNames.CONTENT_LENGTH, request.content().readableBytes());
    }
    if (origin != null) {
      request.headers().set(HttpHeaderNames.ORIGIN, origin);
    }
    var _ = open().writeAndFlush(request);
  }

  /// Asks for a WebSocket.
  void upgrade(String target) {
    var headers = new DefaultHttpHeaders();
    headers.set(HttpHeaderNames.HOST, proxy.getRawAuthority());
    headers.set(HttpHeaderNames.ORIGIN, origin());
    WebSocketClientHandshaker made =
        WebSocketClientHandshakerFactory.newHandshaker(
            URI.create("ws://" + proxy.getRawAuthority() + target),
            WebSocketVersion.V13,
            null,
            false,
            headers);
    handshaker = made;
    var _ = made.handshake(open());
  }

  /// What arrives next; empty if nothing does for so long. After [Heard.Closed] there is nothing
  /// more.
  Optional<Heard> next(Duration atMost) throws InterruptedException {
    return Optional.ofNullable(heard.poll(atMost.toNanos(), TimeUnit.NANOSECONDS));
  }

  /// The whole answer to a request; empty if it is not complete within `atMost`. A part of an
  /// answer whose connection has ended counts as an answer.
  Optional<Answer> answer(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    Integer status = null;
    var body = new StringBuilder();
    while (true) {
      Optional<Heard> next = next(Duration.ofNanos(deadline - System.nanoTime()));
      if (next.isEmpty()) {
        return Optional.empty();
      }
      switch (next.get()) {
        case Heard.Head head -> status = head.status();
        case Heard.Text text -> body.append(text.text());
        case Heard.Complete complete -> {
          return Optional.of(new Answer(status, body.toString(), complete.nanos()));
        }
        case Heard.Closed closed -> {
          return Optional.of(new Answer(status, body.toString(), closed.nanos()));
        }
        case Heard.CloseFrame _ -> {
          // Not in an answer.
        }
      }
    }
  }

  /// Whether the client has heard the end of its answer or of the connection, without taking it.
  boolean hasHeard() {
    return !heard.isEmpty();
  }

  /// Ends the connection as a client does that has gone.
  ///
  /// @param reset whether it resets the connection, in place of closing it
  void leave(boolean reset) {
    if (reset) {
      open().config().setOption(ChannelOption.SO_LINGER, 0);
    }
    close();
  }

  @Override
  public void close() {
    var _ = open().close();
  }

  private Channel open() {
    Channel its = channel;
    if (its == null) {
      throw new IllegalStateException("not connected");
    }
    return its;
  }

  private final class Ear extends SimpleChannelInboundHandler<Object> {

    private boolean chunked;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      channel = context.channel();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
      long now = System.nanoTime();
      if (message instanceof HttpResponse response) {
        chunked = HttpUtil.isTransferEncodingChunked(response);
        head(now, response, context);
      }
      switch (message) {
        case HttpContent content -> {
          if (content.content().isReadable()) {
            heard.add(new Heard.Text(now, content.content().toString(UTF_8)));
          }
          if (content instanceof LastHttpContent && handshaker == null) {
            heard.add(
                chunked && !lastBytes.haveLastChunk()
                    ? new Heard.Closed(now)
                    : new Heard.Complete(now));
          }
        }
        case TextWebSocketFrame frame -> heard.add(new Heard.Text(now, frame.text()));
        case PingWebSocketFrame ping -> {
          var _ = context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        }
        case CloseWebSocketFrame close -> heard.add(new Heard.CloseFrame(now, close.statusCode()));
        default -> {
          // The rest has no place here.
        }
      }
    }

    private void head(long now, HttpResponse response, ChannelHandlerContext context) {
      WebSocketClientHandshaker asked = handshaker;
      if (asked != null && response.status().code() != SWITCHING_PROTOCOLS) {
        handshaker = null;
      } else if (asked != null && !asked.isHandshakeComplete()) {
        finish(asked, response, context);
      }
      heard.add(new Heard.Head(now, response.status().code(), response.headers()));
    }

    private void finish(
        WebSocketClientHandshaker asked, HttpResponse response, ChannelHandlerContext context) {
      var whole = new DefaultFullHttpResponse(response.protocolVersion(), response.status());
      whole.headers().set(response.headers());
      try {
        asked.finishHandshake(context.channel(), whole);
      } catch (WebSocketHandshakeException _) {
        var _ = context.close();
      } finally {
        ReferenceCountUtil.release(whole);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      heard.add(new Heard.Closed(System.nanoTime()));
    }

    /// A proxy resets the connection, or sends what is no HTTP: [#channelInactive] follows.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }
  }
}
