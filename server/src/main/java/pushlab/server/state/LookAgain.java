package pushlab.server.state;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Looks into a store that others update too, for readers that know more than this server. However
/// many ask at once, it is one look: each uses any that began after it had asked.
/// Thread-safe.
final class LookAgain {

  /// Where nobody else updates there is nothing to look for.
  static final LookAgain NEVER = new LookAgain(() -> {});

  private final Runnable look;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile long begun;
  private @Nullable StoreException failure;

  /// @param look reads the store
  LookAgain(Runnable look) {
    this.look = look;
  }

  /// Returns once what the store had when this was called is known.
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
