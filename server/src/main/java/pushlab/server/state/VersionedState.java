package pushlab.server.state;

import java.time.Duration;
import java.time.Instant;
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
  private final LookAgain lookAgain;
  private final Waiters waiters;
  private final ReentrantLock updating = new ReentrantLock();
  private final ReentrantLock advancing = new ReentrantLock();
  private volatile Snapshot current;
  private volatile boolean closed;

  /// A state at version 0, kept in memory.
  ///
  /// @param sweeper what ends the waits in it, by time
  public VersionedState(String task, String epoch, Sweeper sweeper) {
    this(
        Snapshot.now(task, epoch, 0, FIRST_STATUS),
        new MemoryStore(epoch),
        LookAgain.NEVER,
        sweeper);
  }

  /// A state that goes on from `last`.
  ///
  /// @param store what keeps its versions
  /// @param lookAgain what looks for later ones there, and has them brought by [#advance]
  /// @param sweeper what ends the waits in it, by time
  VersionedState(Snapshot last, StateStore store, LookAgain lookAgain, Sweeper sweeper) {
    this.current = last;
    this.store = store;
    this.lookAgain = lookAgain;
    this.waiters = sweeper.waiters();
  }

  public Snapshot current() {
    return current;
  }

  /// The epoch of every version of this state.
  public String epoch() {
    return current.epoch();
  }

  /// Since when what other servers do is not known here; see [StateStore#lostSince].
  public Optional<Instant> lostSince() {
    return store.lostSince();
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
    } finally {
      updating.unlock();
    }
    advance(updated);
    return updated;
  }

  /// Goes on to `next`, which the store has, and wakes every waiter; or does nothing, if this
  /// state is there or beyond already. So versions may be reported in any order.
  void advance(Snapshot next) {
    advancing.lock();
    try {
      if (next.version() <= current.version()) {
        return;
      }
      current = next;
    } finally {
      advancing.unlock();
    }
    waiters.wakeAll();
  }

  /// The current snapshot if it is news to a reader that stands at `seen`: at once if it is so
  /// already, else as soon as it becomes so, and empty if that takes longer than `atMost` or once
  /// this state is closed. An empty answer means that no newer version came before it.
  ///
  /// A reader that is ahead of this state, since another server told it, is never led back: the
  /// store is looked into first, and while that cannot be, the reader's version is waited for.
  ///
  /// @param atMost zero or less does not wait; a wait may end up to 0.2 s late
  /// @throws InterruptedException if the thread was interrupted while it waited
  public Optional<Snapshot> awaitNewer(Position seen, Duration atMost) throws InterruptedException {
    boolean isAhead = isAhead(seen);
    Snapshot now = current;
    if (isNews(now, seen, isAhead)) {
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
      boolean news = isNews(now, seen, isAhead);
      if (news || over) {
        waiter.leave();
        return news ? Optional.of(now) : Optional.empty();
      }
      waiter.await();
    }
  }

  /// Whether a reader at `seen` is ahead of this state, and may be right.
  private boolean isAhead(Position seen) {
    if (!current.isBehind(seen)) {
      return false;
    }
    try {
      lookAgain.now();
      return false;
    } catch (StoreException _) {
      return true;
    }
  }

  private static boolean isNews(Snapshot now, Position seen, boolean isAhead) {
    return isAhead ? now.version() > seen.version() : now.isNewsTo(seen);
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
