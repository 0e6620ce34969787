package pushlab.bench.road;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A request that has arrived at the origin and waits for what its probe does: answer it, send
/// events in a stream or frames in a WebSocket, or end its connection. All times are those of
/// [System#nanoTime]. Thread-safe.
final class Arrival {

  private static final String SNAPSHOT =
      "{\"task\":\"default\",\"epoch\":\"road\",\"version\":%d,\"status\":\"En cours\","
          + "\"updatedAt\":\"2026-11-28T00:00:00Z\"}";

  private final CompletableFuture<Long> left = new CompletableFuture<>();
  private final Channel channel;
  private final boolean chunks;
  private volatile boolean answered;

  /// @param chunks whether the request's version of HTTP knows chunks
  Arrival(Channel channel, boolean chunks) {
    this.channel = channel;
    this.chunks = chunks;
  }

  /// The connection has ended.
  void leave(long nanos) {
    left.complete(nanos);
  }

  /// Whether the connection is still open.
  boolean isOpen() {
    return !left.isDone();
  }

  /// Whether its answer is complete.
  boolean isAnswered() {
    return answered;
  }

  /// When its connection ended; empty if it is open for so long.
  OptionalLong left(Duration atMost) throws InterruptedException {
    try {
      return OptionalLong.of(left.get(atMost.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException _) {
      return OptionalLong.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Answers a poll with a snapshot of `version`.
  void answer(int version) {
    var answer =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.OK,
            Unpooled.copiedBuffer(SNAPSHOT.formatted(version), UTF_8));
    answer.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
    answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes());
    answer.headers().set(HttpHeaderNames.ETAG, "\"road-%d\"".formatted(version));
    noStore(answer.headers());
    answered = true;
    var _ = channel.writeAndFlush(answer);
  }

  /// Begins an event stream: sends its headers. Without chunks the stream ends with its connection.
  void begin() {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_EVENT_STREAM);
    noStore(head.headers());
    HttpUtil.setTransferEncodingChunked(head, chunks);
    var _ = channel.writeAndFlush(head);
  }

  /// Sends an event in one chunk and one write.
  ///
  /// @return the moment before the write
  long event(int version) throws InterruptedException {
    String event = "data: %s\nid: road-%d\n\n".formatted(SNAPSHOT.formatted(version), version);
    return write(new DefaultHttpContent(Unpooled.copiedBuffer(event, UTF_8)));
  }

  /// Ends a stream.
  void end() {
    answered = true;
    var _ = channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  /// Sends a text frame in a WebSocket.
  ///
  /// @return the moment before the write
  long frame(int version) throws InterruptedException {
    return write(new TextWebSocketFrame(SNAPSHOT.formatted(version)));
  }

  /// Closes a WebSocket.
  void closeSocket() {
    var _ = channel.writeAndFlush(new CloseWebSocketFrame(1000, ""));
  }

  /// Ends the connection without an answer.
  void cut() {
    var _ = channel.close();
  }

  private long write(Object message) throws InterruptedException {
    try {
      return channel
          .eventLoop()
          .submit(
              () -> {
                long now = System.nanoTime();
                var _ = channel.writeAndFlush(message);
                return now;
              })
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void noStore(HttpHeaders headers) {
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
  }
}
