package pushlab.bench.watch;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/// Counts every byte of a connection, with headers. It is the handler next to the socket.
final class ByteCounter extends ChannelDuplexHandler {

  /// The first byte of the alert with which a TLS server refuses a request in clear text (RFC 8446,
  /// section 5.1).
  private static final int TLS_ALERT = 21;

  private final Counters counters;
  private boolean begun;

  ByteCounter(Counters counters) {
    this.counters = counters;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes) {
      counters.bytesOut += bytes.readableBytes();
      if (!begun && bytes.isReadable()) {
        begun = true;
        if (bytes.getByte(bytes.readerIndex()) == TLS_ALERT) {
          counters.error("the server speaks TLS, which the instruments do not support");
        }
      }
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
