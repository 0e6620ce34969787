package pushlab.bench.watch;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/// Counts every byte of a connection, with headers, and notes the time of each read. It is the
/// handler next to the socket.
final class ByteCounter extends ChannelDuplexHandler {

  private final Counters counters;
  private boolean begun;

  ByteCounter(Counters counters) {
    this.counters = counters;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes) {
      counters.read(
          bytes.readableBytes(), begun ? Counters.LATER : bytes.getByte(bytes.readerIndex()));
      begun = true;
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes) {
      counters.bytesIn += bytes.readableBytes();
    }
    var _ = context.write(message, promise);
  }
}
