package pushlab.bench.network;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// One direction of a relayed connection: what one end sends is sent to the other end when it has
/// arrived there. Too much under way stops the reading, as the window of TCP would.
final class RelayedStream extends ChannelInboundHandlerAdapter {

  /// As many bytes as the kernel gives a connection by default, at most (`tcp_rmem`).
  private static final int WINDOW = 6 << 20;

  private final Pipe pipe;
  private final Queue<ByteBuf> early = new ArrayDeque<>();

  private @Nullable Channel to;
  private long lastArrival;
  private long underWay;

  /// @param notBefore when the first byte arrives at the earliest, in the nanoseconds of the
  ///     system's clock
  RelayedStream(Pipe pipe, long notBefore) {
    this.pipe = pipe;
    this.lastArrival = notBefore;
  }

  /// The end that receives is connected.
  void connected(Channel channel) {
    to = channel;
    early.forEach(bytes -> send(channel, bytes));
    early.clear();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var bytes = (ByteBuf) message;
    int size = bytes.readableBytes();
    underWay += size;
    if (underWay > WINDOW) {
      context.channel().config().setAutoRead(false);
    }
    lastArrival = pipe.arrival(size, lastArrival);
    pipe.at(
        lastArrival,
        () -> {
          arrive(bytes);
          underWay -= size;
          if (underWay <= WINDOW) {
            context.channel().config().setAutoRead(true);
          }
        });
  }

  private void arrive(ByteBuf bytes) {
    if (to == null) {
      early.add(bytes);
    } else {
      send(to, bytes);
    }
  }

  /// What cannot be sent any more is lost with its connection, which ends for both ends.
  private static void send(Channel to, ByteBuf bytes) {
    var _ = to.writeAndFlush(bytes);
  }

  /// The end that sends has closed the connection, or is lost. What it sent before arrives first.
  @Override
  public void channelInactive(ChannelHandlerContext context) {
    lastArrival = pipe.arrival(0, lastArrival);
    pipe.at(lastArrival, this::end);
  }

  private void end() {
    if (to != null) {
      var _ = to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
    early.forEach(ByteBuf::release);
    early.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
