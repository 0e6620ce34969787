package pushlab.server.transport;

import java.nio.ByteBuffer;

/// A subscriber that waits as data: what its transport does in a thread, step by step. For one
/// thread at a time.
///
/// While [#isOver] is false, its owner is told once when that may have changed, and asks again.
public interface Held {

  /// What comes next on the connection.
  enum Next {
    /// The client's next request.
    REQUEST,

    /// The wait for a newer version.
    WAIT,

    /// What only a thread can do; see [#inThread].
    THREAD,

    /// Its end.
    END
  }

  /// Whether there is something to write now.
  boolean isOver();

  /// Puts what is to be written into `out`, which has room for it.
  ///
  /// @param closes whether the connection is to be closed afterwards
  void put(ByteBuffer out, boolean closes);

  /// All that was [#put] has been written.
  ///
  /// @param bytes how much that was
  Next written(int bytes);

  /// The client has sent the first `length` of `bytes` meanwhile.
  ///
  /// @return `REQUEST` if they wait for their turn, `WAIT` if nothing needs to be done about them
  default Next received(byte[] bytes, int length) {
    return Next.REQUEST;
  }

  /// Whether a client that has sent nothing for long counts as idle.
  default boolean canIdle() {
    return false;
  }

  /// Serves the subscriber in this thread from now on, after `THREAD`.
  ///
  /// @throws InterruptedException if the thread was interrupted because the client has gone
  default void inThread(Socket socket) throws InterruptedException {
    throw new IllegalStateException("nothing here needs a thread");
  }

  /// The client has gone, or the connection is ended.
  void leave();
}
