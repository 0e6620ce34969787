package pushlab.bench.check;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/// Opens WebSockets, by Netty: the JDK's client may lose a part of a frame that comes with the
/// answer to its handshake, for which the server would be blamed.
final class Sockets implements AutoCloseable {

  private static final int LONGEST_MESSAGE = 1 << 20;

  private final IoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final SslContext tls;

  /// @param insecure whether any certificate will do
  Sockets(boolean insecure) {
    SslContextBuilder builder = SslContextBuilder.forClient();
    try {
      tls =
          (insecure ? builder.trustManager(InsecureTrustManagerFactory.INSTANCE) : builder).build();
    } catch (SSLException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  /// One that is open.
  ///
  /// @param http where a server of `http` or `https` has its WebSocket
  /// @throws TimeoutException if the handshake takes longer than `atMost`
  /// @throws ExecutionException if it fails; a refusal is an
  ///     [io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException]
  Socket open(URI http, Duration atMost)
      throws ExecutionException, TimeoutException, InterruptedException {
    boolean secure = http.getScheme().equals("https");
    int port = http.getPort() < 0 ? (secure ? 443 : 80) : http.getPort();
    var socket = new Socket();
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (secure) {
                      channel
                          .pipeline()
                          .addLast(tls.newHandler(channel.alloc(), http.getHost(), port));
                    }
                    channel
                        .pipeline()
                        .addLast(
                            new HttpClientCodec(),
                            new HttpObjectAggregator(LONGEST_MESSAGE),
                            upgrade(http),
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

  private static WebSocketClientProtocolHandler upgrade(URI http) {
    return new WebSocketClientProtocolHandler(
        WebSocketClientProtocolConfig.newBuilder()
            .webSocketUri(URI.create(http.toString().replaceFirst("^http", "ws")))
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
