package pushlab.bench.road;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import pushlab.bench.net.ServerAddress;
import pushlab.bench.net.Unreachable;

/// Opens connections to a proxy. Unlike a library for requests it repeats none, opens a connection
/// only when it is told to, and gives each part of an answer with the time of its arrival.
/// Thread-safe.
final class Client implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 5_000;

  private final IoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final SslContext tls;

  Client() {
    try {
      tls = SslContextBuilder.forClient().build();
    } catch (SSLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Opens a connection that speaks HTTP/1.1.
  ///
  /// @throws IOException if that fails; the message names the address and says why
  Connection open(URI proxy) throws IOException, InterruptedException {
    return open(proxy, false);
  }

  /// The same, for a client that accepts gzip.
  Connection openForGzip(URI proxy) throws IOException, InterruptedException {
    return open(proxy, true);
  }

  private Connection open(URI proxy, boolean gzip) throws IOException, InterruptedException {
    var connection = new Connection(proxy, gzip);
    connect(
        proxy,
        channel -> {
          channel
              .pipeline()
              .addLast(
                  connection.lastBytes(),
                  new HttpClientCodec(new HttpDecoderConfig(), false, false));
          if (gzip) {
            channel.pipeline().addLast(connection.decompressor());
          }
          channel.pipeline().addLast(connection.ear());
        });
    return connection;
  }

  /// Opens a connection that speaks HTTP/2 with prior knowledge (RFC 9113, section 3.3).
  ///
  /// @throws IOException if that fails; the message names the address and says why
  Http2Connection openHttp2(URI proxy) throws IOException, InterruptedException {
    var settings = new CompletableFuture<Void>();
    Channel channel =
        connect(proxy, its -> its.pipeline().addLast(Http2Connection.handlers(settings)));
    try {
      settings.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      var _ = channel.close();
      throw new IOException("%s does not speak HTTP/2".formatted(proxy), e);
    }
    return new Http2Connection(channel, proxy);
  }

  private Channel connect(URI proxy, Consumer<Channel> handlers)
      throws IOException, InterruptedException {
    ServerAddress address = ServerAddress.of(proxy);
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, PATIENCE_MILLIS)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (address.scheme().equals("https")) {
                      channel
                          .pipeline()
                          .addLast(tls.newHandler(channel.alloc(), address.host(), address.port()));
                    }
                    handlers.accept(channel);
                  }
                })
            .connect(address.reach())
            .await();
    if (!connecting.isSuccess()) {
      throw new IOException(Unreachable.reason(address, connecting.cause()), connecting.cause());
    }
    return connecting.channel();
  }

  @Override
  public void close() {
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
