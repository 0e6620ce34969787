package pushlab.bench.road;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The server behind a proxy that is measured. It speaks what a probe needs of the contract, and
/// does with each request what the probe says: a probe takes a [Script], and handles each request
/// that carries the script's token. Thread-safe.
public final class Origin implements AutoCloseable {

  private static final int LONGEST_BODY = 1 << 16;
  private static final int CLOSINGS = 5;
  private static final int CLOSING_MILLIS = 300;
  private static final int BACKLOG = 1024;

  private final IoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final AtomicInteger tokens = new AtomicInteger();
  private final Channel listener;

  private Origin() throws IOException {
    try {
      listener =
          new ServerBootstrap()
              .group(loop)
              .channel(NioServerSocketChannel.class)
              .option(ChannelOption.SO_BACKLOG, BACKLOG)
              .childOption(ChannelOption.TCP_NODELAY, true)
              .childHandler(
                  new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                      connections.add(channel);
                      channel
                          .pipeline()
                          .addLast(
                              new HttpServerCodec(),
                              new HttpServerKeepAliveHandler(),
                              new HttpObjectAggregator(LONGEST_BODY),
                              new OriginConnection(Origin.this));
                    }
                  })
              .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .sync()
              .channel();
    } catch (InterruptedException e) {
      var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /// Starts one at a free port of the loopback address.
  public static Origin start() throws IOException {
    return new Origin();
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /// A new script, whose token no other request carries.
  Script script() {
    String token = Integer.toString(tokens.incrementAndGet());
    var script = new Script(token, () -> scripts.remove(token));
    scripts.put(token, script);
    return script;
  }

  /// The script of that token; null if it was closed, or never was.
  @Nullable Script script(String token) {
    return scripts.get(token);
  }

  /// Closes the connections that the proxy keeps for later requests, so that its next request comes
  /// by a new one.
  void closeIdle() throws InterruptedException {
    for (int i = 0; i < CLOSINGS && connections.stream().anyMatch(OriginConnection::isIdle); i++) {
      var _ = connections.close(OriginConnection::isIdle);
      Thread.sleep(CLOSING_MILLIS);
    }
  }

  @Override
  public void close() {
    var _ = listener.close();
    var _ = connections.close();
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
