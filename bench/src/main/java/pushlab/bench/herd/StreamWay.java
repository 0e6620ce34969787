package pushlab.bench.herd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import pushlab.bench.net.ServerAddress;
import pushlab.report.result.Transport;

/// Streams: one request, and an answer that does not end, in events (HTML standard, section 9.2) or
/// in lines of JSON. A client resumes after what it has seen.
record StreamWay(Transport transport, ServerAddress address) implements Way {

  private static final String DATA = "data:";
  private static final String RETRY = "retry:";

  @Override
  public void prepare(ChannelPipeline connection, Client client) {
    connection.addLast(new HttpResponseDecoder()).addLast(new Lines(client));
  }

  @Override
  public void ask(Channel connection, Client client) {
    Position seen = client.seen();
    if (isEvents()) {
      String after = seen.version() < 0 ? "" : "last-event-id: %s\r\n".formatted(seen.tag());
      Way.get(connection, address, "/events", "accept: text/event-stream\r\n" + after);
    } else {
      Way.get(connection, address, "/stream" + seen.query(), "accept: application/x-ndjson\r\n");
    }
  }

  private boolean isEvents() {
    return transport == Transport.SERVER_SENT_EVENTS;
  }

  private final class Lines extends SimpleChannelInboundHandler<HttpObject> {

    private final Client client;
    private final ByteBuf pending;
    private boolean isStream;
    private boolean hasServed;

    private Lines(Client client) {
      this.client = client;
      this.pending = Unpooled.buffer();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
      if (message instanceof HttpResponse answer) {
        begin(answer);
      }
      if (isStream && message instanceof HttpContent content) {
        pending.writeBytes(content.content());
        readLines();
      }
      if (message instanceof LastHttpContent) {
        end();
        // The server has ended the stream, though perhaps not the connection.
        var _ = context.close();
      }
    }

    private void begin(HttpResponse answer) {
      int status = answer.status().code();
      isStream = status == 200;
      if (Way.isTooBusy(status)) {
        Way.obeyRetryAfter(answer.headers(), client);
        client.turnedAway();
      } else if (!isStream) {
        client.failed(new IOException("the server answered " + answer.status()));
      }
    }

    private void readLines() {
      int length;
      while ((length = pending.bytesBefore((byte) '\n')) >= 0) {
        ByteBuf line = pending.readSlice(length);
        pending.skipBytes(1);
        if (isEvents()) {
          readEvent(line);
        } else if (length > 1) {
          received(line);
        } else {
          heartbeat();
        }
      }
      pending.discardSomeReadBytes();
    }

    private void readEvent(ByteBuf line) {
      String text = line.toString(UTF_8);
      if (text.startsWith(DATA)) {
        received(line.skipBytes(DATA.length()));
      } else if (text.startsWith(RETRY)) {
        retry(text.substring(RETRY.length()).strip());
      } else if (text.equals(": heartbeat")) {
        heartbeat();
      }
    }

    private void retry(String millis) {
      if (millis.matches("\\d{1,9}")) {
        client.said(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(millis)));
      }
    }

    private void received(ByteBuf json) {
      hasServed = true;
      client.received(json);
    }

    private void heartbeat() {
      hasServed = true;
      client.served();
    }

    /// A server that is full may send an event source a stream without an event, because it would
    /// not come back after a 503.
    private void end() {
      if (isStream && !hasServed) {
        client.turnedAway();
      }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
      pending.release();
    }
  }
}
