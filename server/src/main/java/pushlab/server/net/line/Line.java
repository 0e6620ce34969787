package pushlab.server.net.line;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.SocketWriter;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.CloseConnectionException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads one connection, and knows how long each thing on it has taken.
///
/// ```
///   handler     --read-->  Line  --read-->  socket     only one of the two reads at a time;
///   look-ahead  ------------------read-->  socket     this one only while the other does not
/// ```
///
/// A thread that holds a request does not read, so it would not notice that its client has gone. If
/// it has not read for [#UNREAD_SECONDS], a look-ahead reads instead: it keeps the bytes for the
/// handler, and interrupts the handler at the end of the connection. Requests that are answered
/// sooner cost nothing extra.
///
/// Times are whole seconds of a clock that is handed in; 0 means no time. Only the clock's thread
/// calls [#look].
public final class Line {

  /// The seconds without a read after which a look-ahead begins.
  static final int UNREAD_SECONDS = 2;

  /// How many whole seconds a client has to answer a close. The clock adds up to one.
  private static final int CLOSING_SECONDS = 1;

  private enum Reading {
    NOBODY,
    HANDLER,
    LOOK_AHEAD,
    GIVEN_AWAY
  }

  private final Supplier<byte @Nullable []> in;
  private final Outgoing out;
  private final SecondsClock clock;
  private final AtomicReference<Reading> reading = new AtomicReference<>(Reading.NOBODY);

  private volatile @Nullable Thread handler;
  private volatile int unreadSince;
  private volatile int requestSince;
  private volatile int closingSince;
  private volatile @Nullable CompletableFuture<byte @Nullable []> ahead;
  private volatile boolean requestsOnly = true;
  private volatile boolean ended;

  /// The line that is read from `socket` and written to it.
  public Line(HelidonSocket socket, SecondsClock clock) {
    this.in = socket;
    this.out = new Outgoing(SocketWriter.create(socket), clock);
    this.clock = clock;
    this.unreadSince = clock.now();
  }

  /// What is written to the client.
  public Outgoing out() {
    return out;
  }

  /// To be called by the thread that handles this connection, before anything else.
  public void handledByThisThread() {
    handler = Thread.currentThread();
  }

  /// The bytes that have arrived, or null at the end. For the handler's thread.
  public byte @Nullable [] read() {
    byte[] bytes = reading.compareAndSet(Reading.NOBODY, Reading.HANDLER) ? pull() : readAhead();
    int now = clock.now();
    if (requestsOnly && requestSince == 0) {
      requestSince = now;
    }
    unreadSince = now;
    reading.set(Reading.NOBODY);
    return bytes;
  }

  /// Lets no thread read this line any more, so that the connection can be given away. Does nothing
  /// while a look-ahead reads, since nothing ends its read but the client.
  ///
  /// @return whether no thread reads from now on
  public boolean giveAway() {
    return reading.compareAndSet(Reading.NOBODY, Reading.GIVEN_AWAY)
        || reading.get() == Reading.GIVEN_AWAY;
  }

  /// Whether nothing more can arrive.
  boolean hasEnded() {
    return ended;
  }

  /// A request has begun to arrive, and is not complete.
  public void requestBegun() {
    if (requestSince == 0) {
      requestSince = clock.now();
    }
  }

  /// The headers of a request have arrived.
  void requested(Headers headers) {
    if (!headers.contains(HeaderNames.CONTENT_LENGTH)
        && !headers.contains(HeaderNames.TRANSFER_ENCODING)) {
      requestSince = 0;
    }
  }

  /// The answer to the request is being sent.
  void answered() {
    requestSince = 0;
  }

  /// From now on the line carries frames instead of requests.
  public void carriesFrames() {
    requestsOnly = false;
    requestSince = 0;
  }

  /// The first byte of a frame has arrived.
  public void frameBegun() {
    requestSince = clock.now();
  }

  /// The frame is complete.
  public void frameWhole() {
    requestSince = 0;
  }

  /// The server has sent a close frame. The client has little time to answer it.
  public void closing() {
    closingSince = clock.now();
  }

  /// Whether the line still carries requests.
  public boolean carriesRequests() {
    return requestsOnly;
  }

  /// Whether a request has begun to arrive, and is neither complete nor answered.
  public boolean isArriving() {
    return requestSince != 0;
  }

  /// Whether the line carries requests, and the next one has not begun.
  public boolean isBetweenRequests() {
    return requestsOnly && !isArriving();
  }

  public boolean isReadAhead() {
    return reading.get() == Reading.LOOK_AHEAD;
  }

  /// Ends this connection if it has exceeded `bounds`. Begins a look-ahead if nobody has read for a
  /// while.
  public void look(Bounds bounds) {
    int now = clock.now();
    if (hasLasted(requestSince, now, bounds.request().toSeconds())
        || hasLasted(out.since(), now, bounds.write().toSeconds())
        || hasLasted(closingSince, now, CLOSING_SECONDS)) {
      end();
    } else if (hasLasted(unreadSince, now, UNREAD_SECONDS) && reading.get() == Reading.NOBODY) {
      lookAhead();
    }
  }

  /// Ends this connection. An interrupt closes the socket that a virtual thread reads or writes.
  public void end() {
    interrupt(out.writer());
    interrupt(handler);
  }

  private void lookAhead() {
    var future = new CompletableFuture<byte @Nullable []>();
    ahead = future;
    if (reading.compareAndSet(Reading.NOBODY, Reading.LOOK_AHEAD)) {
      Thread.ofVirtual()
          .name("look-ahead")
          .start(
              () -> {
                try {
                  byte[] bytes = pull();
                  future.complete(bytes);
                  if (bytes == null) {
                    end();
                  }
                } catch (RuntimeException e) {
                  future.completeExceptionally(e);
                  end();
                }
              });
    }
  }

  private byte @Nullable [] readAhead() {
    CompletableFuture<byte @Nullable []> future = ahead;
    if (future == null) {
      throw new IllegalStateException("two threads read from one connection");
    }
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloseConnectionException("the connection is to end", e);
    } finally {
      ahead = null;
    }
  }

  private byte @Nullable [] pull() {
    try {
      byte[] bytes = in.get();
      ended = bytes == null;
      return bytes;
    } catch (UncheckedIOException e) {
      ended = true;
      throw new CloseConnectionException("the connection broke", e);
    }
  }

  private static boolean hasLasted(int since, int now, long seconds) {
    return since != 0 && now - since > seconds;
  }

  private static void interrupt(@Nullable Thread thread) {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
