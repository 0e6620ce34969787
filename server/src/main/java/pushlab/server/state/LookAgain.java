package pushlab.server.state;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Reads a store that other servers update too, for subscribers that know a later version than this
/// server. Calls that come at the same time share one reading: each is served by any reading that
/// began after the call. Thread-safe.
final class LookAgain {

  /// For a store that no other server updates.
  static final LookAgain NEVER = new LookAgain(() -> {});

  private final Runnable look;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile long begun;
  private @Nullable StoreException failure;

  /// @param look reads the store
  LookAgain(Runnable look) {
    this.look = look;
  }

  /// Returns once this server knows all versions that the store had at the time of the call.
  ///
  /// @throws StoreException if the store cannot be read
  void now() {
    long before = begun;
    looking.lock();
    try {
      if (begun == before) {
        begun = before + 1;
        failure = failure();
      }
      if (failure != null) {
        throw failure;
      }
    } finally {
      looking.unlock();
    }
  }

  private @Nullable StoreException failure() {
    try {
      look.run();
      return null;
    } catch (StoreException e) {
      return e;
    }
  }
}
