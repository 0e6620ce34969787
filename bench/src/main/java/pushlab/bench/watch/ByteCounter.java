package pushlab.bench.watch;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/// Counts every byte of a connection, headers included, where it meets the socket.
final class ByteCounter extends ChannelDuplexHandler {

  /// What a record begins with by which a server of TLS refuses a request in clear text (RFC 8446,
  /// section 5.1).
  private static final int TLS_ALERT = 21;

  private final Tally tally;
  private boolean begun;

  ByteCounter(Tally tally) {
    this.tally = tally;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes) {
      tally.bytesOut += bytes.readableBytes();
      if (!begun && bytes.isReadable()) {
        begun = true;
        if (bytes.getByte(bytes.readerIndex()) == TLS_ALERT) {
          tally.error("it is answered by TLS, which the instruments do not speak");
        }
      }
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
