package pushlab.server.state;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Where versions survive: the last snapshot of each task, all of one epoch. Thread-safe.
///
/// A task whose last version is in the store continues after it in the next life of the server, and
/// so do its subscribers. That is why the epoch belongs to the store, and lasts as long as its
/// content.
public interface StateStore extends AutoCloseable {

  /// The epoch of every version in this store.
  String epoch();

  /// The last snapshot of each task that was ever updated, in any order.
  ///
  /// @throws StoreException if they cannot be read
  Collection<Snapshot> latest();

  /// Sets the status of `task` and increases its version by exactly one. The first update makes
  /// version 1. Once this method returns, the version survives even a crash of the process.
  ///
  /// @return the new snapshot
  /// @throws StoreException if that cannot be guaranteed. The version may be in the store all the
  ///     same; the next update makes the version after it
  Snapshot update(String task, String status);

  /// Since when this server has lost the store: it neither hears of other servers' updates nor can
  /// update. Empty while it has not, which is always so if there are no other servers. When it
  /// becomes empty again, all missed versions have been reported.
  default Optional<Instant> lostSince() {
    return Optional.empty();
  }

  /// Finishes what has begun and releases all resources. Later updates fail.
  @Override
  void close();

  /// An epoch that no store has had before.
  static String newEpoch() {
    long epochs = 1L << 40;
    return Long.toString(ThreadLocalRandom.current().nextLong(epochs), Character.MAX_RADIX);
  }
}
