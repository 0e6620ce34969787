package pushlab.server.state;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Where versions survive: the last snapshot of each task, all of one epoch. Thread-safe.
///
/// A task whose last version is in here goes on from it in the next life of the server, and its
/// readers with it; that is why the epoch is the store's and lasts as long as what it keeps.
public interface StateStore extends AutoCloseable {

  /// The epoch of every version in here.
  String epoch();

  /// The last snapshot of each task that was ever updated, in no order.
  ///
  /// @throws StoreException if they cannot be read
  Collection<Snapshot> latest();

  /// Sets the status of `task`, which makes its version grow by exactly one; the first update makes
  /// it 1. Once this returns, the version survives whatever becomes of the process.
  ///
  /// @return the new snapshot
  /// @throws StoreException if that cannot be promised; it may be in the store all the same, and
  ///     the next version is then the one after it
  Snapshot update(String task, String status);

  /// Since when this server neither hears of what others do nor may update; empty while all is
  /// well, as it always is where there are no others. Before it is empty again, what was missed
  /// has been told.
  default Optional<Instant> lostSince() {
    return Optional.empty();
  }

  /// Ends what was begun and lets go of what it holds; updates from then on fail.
  @Override
  void close();

  /// An epoch that no store has had before.
  static String newEpoch() {
    long epochs = 1L << 40;
    return Long.toString(ThreadLocalRandom.current().nextLong(epochs), Character.MAX_RADIX);
  }
}
