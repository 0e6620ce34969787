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

/// Asks `GET /stream` once, and reads the answer line by line as it comes: each line is a snapshot,
/// and an empty one a heartbeat.
final class NdjsonStreamClient extends SimpleChannelInboundHandler<HttpObject> {

  private final Node node;
  private final Subscriber subscriber;
  private final ByteBuf pending;

  NdjsonStreamClient(Node node, Subscriber subscriber, ByteBuf pending) {
    this.node = node;
    this.subscriber = subscriber;
    this.pending = pending;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    String request =
        node.get(subscriber.of("/stream"), HttpHeaderNames.ACCEPT, "application/x-ndjson");
    subscriber.counters().requests++;
    var _ =
        context.writeAndFlush(
            ByteBufUtil.writeAscii(context.alloc(), request), context.voidPromise());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    if (message instanceof HttpResponse response && response.status().code() != 200) {
      throw new IllegalStateException(Answered.by("GET /stream", response));
    }
    if (message instanceof HttpContent content) {
      pending.writeBytes(content.content());
      readLines();
    }
    if (message instanceof LastHttpContent) {
      // The server has ended the stream, if not the connection.
      var _ = context.close();
    }
  }

  private void readLines() {
    int length;
    while ((length = pending.bytesBefore((byte) '\n')) >= 0) {
      ByteBuf line = pending.readSlice(length);
      pending.skipBytes(1);
      // A server may end its lines with a carriage return too; to JSON it is white space.
      if (length > 1 || (length == 1 && line.getByte(line.readerIndex()) != '\r')) {
        subscriber.received(line);
      }
    }
    pending.discardSomeReadBytes();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    pending.release();
  }
}
