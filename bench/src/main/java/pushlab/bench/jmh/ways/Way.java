package pushlab.bench.jmh.ways;

import java.time.Duration;
import java.util.Optional;
import pushlab.server.state.MemoryStore;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;
import pushlab.server.state.Tasks;

/// The latest version of one task and the one question that readers ask of it, as
/// [pushlab.server.state.VersionedState] has them. Thread-safe.
///
/// All ways make their snapshots in a [MemoryStore], so that nothing differs but the waiting.
public interface Way extends AutoCloseable {

  /// One of each.
  enum Kind {
    VERSIONED_STATE,
    LOCK_AND_CONDITION,
    FUTURE_A_VERSION,
    LATCH_A_VERSION,
    PHASER,
    SUBMISSION_PUBLISHER;

    /// A new one, at version 0.
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

  /// Makes the version grow by exactly one, and wakes every waiter.
  Snapshot update(String status);

  /// The latest snapshot once it is news to a reader that stands at `seen`, or empty if that takes
  /// longer than `atMost`.
  ///
  /// @param atMost zero or less does not wait; a wait may end up to 0.2 s late
  /// @throws InterruptedException if the thread was interrupted while it waited
  Optional<Snapshot> awaitNewer(Position seen, Duration atMost) throws InterruptedException;

  /// The state of a thread that waits for the next version, and of none that waits for a lock
  /// only.
  default Thread.State waiting() {
    return Thread.State.TIMED_WAITING;
  }

  /// Ends its own threads, if it has any. Threads that wait are not woken: interrupt them.
  @Override
  default void close() {}

  /// `now` if it is news to a reader that stands at `seen`.
  static Optional<Snapshot> news(Snapshot now, Position seen) {
    return now.isNewsTo(seen) ? Optional.of(now) : Optional.empty();
  }

  /// The snapshot that every way begins with, of the epoch that `store` goes on in.
  static Snapshot first(MemoryStore store) {
    return Snapshot.now(Tasks.DEFAULT, store.epoch(), 0, "");
  }
}
