package pushlab.bench.jmh.ways;

import java.time.Duration;
import java.util.Optional;
import pushlab.server.state.MemoryStore;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;
import pushlab.server.state.Tasks;

/// A way to wait: the latest version of one task, and the one question that subscribers ask, as in
/// [pushlab.server.state.VersionedState]. Thread-safe.
///
/// All ways create their snapshots in a [MemoryStore], so that they only differ in the waiting.
public interface Way extends AutoCloseable {

  /// The ways to wait.
  enum Kind {
    VERSIONED_STATE,
    LOCK_AND_CONDITION,
    FUTURE_A_VERSION,
    LATCH_A_VERSION,
    PHASER,
    SUBMISSION_PUBLISHER;

    /// Creates a state of this kind at version 0.
    public Way open() {
      return switch (this) {
        case VERSIONED_STATE -> new TimingWheel();
        case LOCK_AND_CONDITION -> new LockAndCondition();
        case FUTURE_A_VERSION -> new FutureAVersion();
        case LATCH_A_VERSION -> new LatchAVersion();
        case PHASER -> new PhaseAVersion();
        case SUBMISSION_PUBLISHER -> new SubscriptionAWait();
      };
    }
  }

  /// The latest snapshot.
  Snapshot current();

  /// Increases the version by exactly one, and wakes every waiter.
  Snapshot update(String status);

  /// Waits until there is a snapshot newer than `seen` and returns it, or returns empty after
  /// `atMost`.
  ///
  /// @param atMost zero or less does not wait; a wait may end up to 0.2 s late
  /// @throws InterruptedException if the thread was interrupted while it waited
  Optional<Snapshot> awaitNewer(Position seen, Duration atMost) throws InterruptedException;

  /// The state of a thread that waits for the next version. A thread that only waits for a lock has
  /// another state.
  default Thread.State waiting() {
    return Thread.State.TIMED_WAITING;
  }

  /// Ends its own threads, if it has any. It does not wake waiters: interrupt them.
  @Override
  default void close() {}

  /// `now` if it is newer than `seen`, otherwise empty.
  static Optional<Snapshot> news(Snapshot now, Position seen) {
    return now.isNewsTo(seen) ? Optional.of(now) : Optional.empty();
  }

  /// The first snapshot of every way, in the epoch of `store`.
  static Snapshot first(MemoryStore store) {
    return Snapshot.now(Tasks.DEFAULT, store.epoch(), 0, "");
  }
}
