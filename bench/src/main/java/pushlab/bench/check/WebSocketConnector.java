package pushlab.bench.check;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Opens WebSockets with Netty. The JDK's client may lose a part of a frame that arrives with the
/// answer to its handshake, and the server would be blamed for that.
final class WebSocketConnector implements AutoCloseable {

  private static final int LONGEST_MESSAGE = 1 << 16;

  private final IoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final SslContext tls;

  /// @param tls for secure connections
  WebSocketConnector(SslContext tls) {
    this.tls = tls;
  }

  /// Opens a WebSocket.
  ///
  /// @param http the URI of the WebSocket, with the scheme `http` or `https`
  /// @param host the value of the `Host` header; empty if it follows from the URI
  /// @throws TimeoutException if the handshake takes longer than `atMost`
  /// @throws ExecutionException if the handshake fails; if the server refuses, its cause is an
  ///     [io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException]
  WebSocketFeed open(URI http, Optional<String> host, Duration atMost)
      throws ExecutionException, TimeoutException, InterruptedException {
    boolean secure = http.getScheme().equals("https");
    int port = http.getPort() < 0 ? (secure ? 443 : 80) : http.getPort();
    var socket = new WebSocketFeed();
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    ChannelPipeline pipeline = channel.pipeline();
                    if (secure) {
                      pipeline.addLast(tls.newHandler(channel.alloc(), http.getHost(), port));
                    }
                    pipeline.addLast(
                        new HttpClientCodec(),
                        new HttpObjectAggregator(LONGEST_MESSAGE),
                        upgrade(http, host),
                        new WebSocketFrameAggregator(LONGEST_MESSAGE),
                        socket);
                  }
                })
            .connect(http.getHost(), port);
    connecting.addListener(
        connected -> {
          if (!connected.isSuccess()) {
            socket.ended(connected.cause());
          }
        });
    try {
      return socket.opened(atMost);
    } catch (TimeoutException e) {
      var _ = connecting.channel().close();
      throw e;
    }
  }

  private static WebSocketClientProtocolHandler upgrade(URI http, Optional<String> host) {
    var headers = new DefaultHttpHeaders();
    host.ifPresent(name -> headers.set(HttpHeaderNames.HOST, name));
    return new WebSocketClientProtocolHandler(
        WebSocketClientProtocolConfig.newBuilder()
            .webSocketUri(URI.create(http.toString().replaceFirst("^http", "ws")))
            .customHeaders(headers)
            .maxFramePayloadLength(LONGEST_MESSAGE)
            .handleCloseFrames(false)
            .dropPongFrames(false)
            .build());
  }

  @Override
  public void close() {
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
