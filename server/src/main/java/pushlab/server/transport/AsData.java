package pushlab.server.transport;

import io.helidon.webserver.CloseConnectionException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Ends the thread that serves a connection, since its subscriber waits as data from now on.
public final class AsData extends CloseConnectionException {

  private static final long serialVersionUID = 1;
  private static final byte[] NOTHING = {};

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

  /// Ends the wait before it has begun.
  public void giveUp() {
    start(() -> new InetSocketAddress(0), () -> {}).ifPresent(Held::leave);
  }

  /// The bytes that a thread needs if there is no wait. Must not be changed.
  public byte[] request() {
    return request;
  }
}
