package pushlab.bench.watch;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/// Counts every byte of a connection, headers included, where it meets the socket.
final class ByteCounter extends ChannelDuplexHandler {

  private final Tally tally;

  ByteCounter(Tally tally) {
    this.tally = tally;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes) {
      tally.bytesOut += bytes.readableBytes();
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes) {
      tally.bytesIn += bytes.readableBytes();
    }
    var _ = context.write(message, promise);
  }
}
