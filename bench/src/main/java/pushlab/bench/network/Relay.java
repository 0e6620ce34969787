package pushlab.bench.network;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import pushlab.report.result.Network;

/// Delays and limits the byte streams of TCP connections, on one thread. It sees no packets, so it
/// loses none, and headers do not count at its rate.
final class Relay implements AutoCloseable {

  private static final int BACKLOG = 4096;

  private final IoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Network network;
  private final Pipe in;
  private final Pipe out;

  Relay(Network network) {
    this.network = network;
    EventLoop loop = loops.next();
    in = new Pipe(loop, network);
    out = new Pipe(loop, network);
  }

  /// Listens on a free port of the loopback interface for connections to `server`.
  ///
  /// @return where it listens
  /// @throws IOException if it cannot
  InetSocketAddress to(InetSocketAddress server) throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel client) {
                    relay(client, server);
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(bound.cause());
    }
    return (InetSocketAddress) bound.channel().localAddress();
  }

  /// The kernel has accepted the connection already, which would have taken a round trip. So what
  /// the client sends first arrives that much later.
  private void relay(Channel client, InetSocketAddress server) {
    long now = System.nanoTime();
    double roundTripNanos = network.roundTripMillis() * 1e6;
    var sent = new RelayedStream(in, now + Math.round(1.5 * roundTripNanos));
    var received = new RelayedStream(out, now);
    received.connected(client);
    client.pipeline().addLast(sent);
    in.at(now + Math.round(roundTripNanos / 2), () -> connect(client, server, sent, received));
  }

  private void connect(
      Channel client, InetSocketAddress server, RelayedStream sent, RelayedStream received) {
    var _ =
        new Bootstrap()
            .group(loops)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(received)
            .connect(server)
            .addListener(
                (ChannelFuture connected) -> {
                  if (connected.isSuccess()) {
                    sent.connected(connected.channel());
                  } else {
                    var _ = client.close();
                  }
                });
  }

  @Override
  public void close() {
    var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
