package pushlab.server.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.webserver.CloseConnectionException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Ends the thread that serves a connection, since its subscriber waits as data from now on.
public final class AsData extends CloseConnectionException {

  private static final long serialVersionUID = 1;
  private static final byte[] NOTHING = {};
  private static final int LONGEST_PIECE = 16_384;

  /// Begins the wait.
  @FunctionalInterface
  public interface Start {

    /// The subscriber that waits; empty if only a thread can serve it.
    ///
    /// @param client gives the client's address
    /// @param woken runs in another thread when [Held#isOver] may have changed; it must not block
    Optional<? extends Held> start(Supplier<SocketAddress> client, Runnable woken);
  }

  private final transient Start start;
  private final transient byte[] request;
  private transient @Nullable LongConsumer ended;

  /// The wait that `start` begins.
  ///
  /// @param request the bytes that a thread needs if `start` gives nothing
  AsData(Start start, byte[] request) {
    super("the subscriber waits as data");
    this.start = start;
    this.request = request;
  }

  /// The wait that `start` begins in any case.
  AsData(Start start) {
    this(start, NOTHING);
  }

  /// Nothing went wrong, so nobody reads a stack trace.
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  /// Tells `ended` when the subscriber has gone, and how many bytes were written to it from now on.
  public void whenEnded(LongConsumer ended) {
    this.ended = ended;
  }

  /// Begins the wait; see [Start#start].
  public Optional<Held> start(Supplier<SocketAddress> client, Runnable woken) {
    return start
        .start(client, woken)
        .map(held -> ended == null ? held : new CountedHeld(held, ended));
  }

  /// Serves the subscriber in this thread all the same, until its connection is to end.
  ///
  /// @throws InterruptedException if the thread was interrupted because the client has gone
  public void serve(DataWriter out) throws InterruptedException {
    Thread thread = Thread.currentThread();
    Optional<Held> held = start(() -> new InetSocketAddress(0), () -> LockSupport.unpark(thread));
    if (held.isPresent()) {
      serve(held.get(), out);
    }
  }

  private static void serve(Held held, DataWriter out) throws InterruptedException {
    var piece = ByteBuffer.allocate(LONGEST_PIECE);
    boolean goesOn = true;
    try {
      while (goesOn) {
        while (!held.isOver()) {
          LockSupport.park(held);
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
        }
        held.put(piece.clear(), false);
        byte[] bytes = Arrays.copyOf(piece.array(), piece.position());
        out.writeNow(BufferData.create(bytes));
        goesOn = held.written(bytes.length) == Held.Next.WAIT;
      }
    } finally {
      if (goesOn) {
        held.leave();
      }
    }
  }

  /// Ends the wait before it has begun.
  public void giveUp() {
    start(() -> new InetSocketAddress(0), () -> {}).ifPresent(Held::leave);
  }

  /// The bytes that a thread needs if there is no wait: the poll, or nothing for a stream. Must not
  /// be changed.
  public byte[] request() {
    return request;
  }
}
