package pushlab.bench.watch;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;

/// Sends `GET /events` once, and reads the event stream (HTML standard, section 9.2.6) as it
/// arrives. The data of each event is a snapshot on one line.
final class ServerSentEventsClient extends SimpleChannelInboundHandler<HttpObject> {

  private static final byte[] DATA = "data:".getBytes(StandardCharsets.UTF_8);

  private final Node node;
  private final Subscriber subscriber;
  private final ByteBuf pending;
  private boolean isOpen;
  private boolean hasEvent;
  private String comment = "";

  ServerSentEventsClient(Node node, Subscriber subscriber, ByteBuf pending) {
    this.node = node;
    this.subscriber = subscriber;
    this.pending = pending;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    String request =
        node.get(subscriber.of("/events"), HttpHeaderNames.ACCEPT, "text/event-stream");
    subscriber.counters().requests++;
    var _ =
        context.writeAndFlush(
            ByteBufUtil.writeAscii(context.alloc(), request), context.voidPromise());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    if (message instanceof HttpResponse response && response.status().code() != 200) {
      throw new IllegalStateException(Answered.by("GET /events", response));
    }
    isOpen = true;
    if (message instanceof HttpContent content) {
      pending.writeBytes(content.content());
      readLines();
    }
    if (message instanceof LastHttpContent) {
      // The server has ended the stream, though perhaps not the connection.
      var _ = context.close();
    }
  }

  private void readLines() {
    int length;
    while ((length = pending.bytesBefore((byte) '\n')) >= 0) {
      ByteBuf line = pending.readSlice(length);
      pending.skipBytes(1);
      if (startsWithData(line)) {
        hasEvent = true;
        subscriber.received(line.skipBytes(DATA.length));
      } else if (!hasEvent && length > 0 && line.getByte(line.readerIndex()) == ':') {
        comment = line.toString(StandardCharsets.UTF_8);
      }
    }
    pending.discardSomeReadBytes();
  }

  private static boolean startsWithData(ByteBuf line) {
    for (int i = 0; i < DATA.length; i++) {
      if (line.readableBytes() <= i || line.getByte(line.readerIndex() + i) != DATA[i]) {
        return false;
      }
    }
    return true;
  }

  /// A server that is full may answer with a stream that only has a comment: browsers do not
  /// reconnect after a 503.
  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    if (isOpen && !hasEvent && !subscriber.counters().leaving) {
      throw new IllegalStateException("GET /events ended without an event" + comment);
    }
    super.channelInactive(context);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    pending.release();
  }
}
