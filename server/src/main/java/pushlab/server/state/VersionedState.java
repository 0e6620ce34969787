package pushlab.server.state;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The status of one task and its version: the latest value, no history, no queue per reader.
///
/// All transports ask it the same question, [#awaitNewer], and differ in their patience only. A
/// reader that falls behind gets the latest version and skips those between. Thread-safe; no lock
/// is held while a thread waits or while anything is written to a socket.
public final class VersionedState {

  /// The status of a task that nobody has updated yet.
  public static final String FIRST_STATUS = "En attente";

  private final StateStore store;
  private final Waiters waiters;
  private final ReentrantLock updating = new ReentrantLock();
  private volatile Snapshot current;
  private volatile boolean closed;

  /// A state at version 0, kept in memory.
  ///
  /// @param sweeper what ends the waits in it, by time
  public VersionedState(String task, String epoch, Sweeper sweeper) {
    this(Snapshot.now(task, epoch, 0, FIRST_STATUS), new MemoryStore(epoch), sweeper);
  }

  /// A state that goes on from `last`.
  ///
  /// @param store what keeps its versions
  /// @param sweeper what ends the waits in it, by time
  VersionedState(Snapshot last, StateStore store, Sweeper sweeper) {
    this.current = last;
    this.store = store;
    this.waiters = sweeper.waiters();
  }

  public Snapshot current() {
    return current;
  }

  /// The epoch of every version of this state.
  public String epoch() {
    return current.epoch();
  }

  /// Sets the status, which makes the version grow by exactly one, and wakes every waiter. Nobody
  /// is told of a version before the store has it.
  ///
  /// @return the new snapshot
  /// @throws StoreException if the store has it not; then nothing has changed here
  public Snapshot update(String status) {
    Snapshot updated;
    updating.lock();
    try {
      updated = store.update(current.task(), status);
      current = updated;
    } finally {
      updating.unlock();
    }
    waiters.wakeAll();
    return updated;
  }

  /// The current snapshot if it is news to a reader that stands at `seen`: at once if it is so
  /// already, else as soon as it becomes so, and empty if that takes longer than `atMost` or once
  /// this state is closed. Whoever is told nothing has missed no update that came before that.
  ///
  /// @param atMost zero or less does not wait; a wait may end up to 0.2 s late
  /// @throws InterruptedException if the thread was interrupted while it waited
  public Optional<Snapshot> awaitNewer(Position seen, Duration atMost) throws InterruptedException {
    Snapshot now = current;
    if (now.isNewsTo(seen)) {
      return Optional.of(now);
    }
    if (!atMost.isPositive()) {
      return Optional.empty();
    }
    long deadline = waiters.nanoTime() + atMost.toNanos();
    while (true) {
      // Register first, then look again: an update between the two is never missed. Whether
      // the wait is over is asked before that look, so nor is one that came before its end.
      Waiters.Waiter waiter = waiters.register(deadline);
      boolean over = closed || waiters.nanoTime() - deadline >= 0;
      now = current;
      boolean news = now.isNewsTo(seen);
      if (news || over) {
        waiter.leave();
        return news ? Optional.of(now) : Optional.empty();
      }
      waiter.await();
    }
  }

  /// Ends every wait, and every one to come that would not be answered at once.
  public void close() {
    closed = true;
    waiters.wakeAll();
  }

  /// Whether [#close] has been called: a reader that is told "nothing newer" need not ask again.
  public boolean isClosed() {
    return closed;
  }
}
