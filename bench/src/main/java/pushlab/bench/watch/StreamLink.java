package pushlab.bench.watch;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import pushlab.bench.net.Unreachable;

/// The connection of a subscriber that asks once. Its end is a fault.
final class StreamLink extends ChannelInitializer<SocketChannel> implements Link {

  private final Node node;
  private final InetSocketAddress where;
  private final Bootstrap bootstrap;
  private final Counters counters;
  private final ChannelHandler[] client;
  private @Nullable Channel channel;

  /// A connection to `node` that is not open yet.
  ///
  /// @param where the socket address of the node
  /// @param bootstrap has the loop
  /// @param client the handlers that read the stream
  StreamLink(
      Node node,
      InetSocketAddress where,
      Bootstrap bootstrap,
      Counters counters,
      ChannelHandler... client) {
    this.node = node;
    this.where = where;
    this.bootstrap = bootstrap;
    this.counters = counters;
    this.client = client;
  }

  @Override
  protected void initChannel(SocketChannel connection) {
    connection
        .pipeline()
        .addLast(new ByteCounter(counters))
        .addLast(client)
        .addLast(new Failures(counters));
  }

  @Override
  public void start(Runnable connected) {
    ChannelFuture connecting = bootstrap.clone().handler(this).connect(where);
    channel = connecting.channel();
    connecting.addListener(
        (ChannelFuture done) -> {
          if (done.isSuccess()) {
            counters.connections++;
            connected.run();
          } else {
            counters.error(Unreachable.reason(node.address(), done.cause()));
          }
        });
  }

  @Override
  public boolean isThere() {
    return channel != null && channel.isActive();
  }

  @Override
  public void leave() {
    if (channel instanceof DuplexChannel connection) {
      var _ = connection.shutdownOutput();
    }
  }

  @Override
  public void close() {
    if (channel != null) {
      var _ = channel.close();
    }
  }
}
