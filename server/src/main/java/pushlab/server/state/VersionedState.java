package pushlab.server.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// The status of one task and its version: the latest value, no history, no queue for each
/// subscriber.
///
/// All transports ask the same question, [#awaitNewer], and differ only in how long they wait for
/// the answer. A subscriber that falls behind gets the latest version and skips the versions
/// between. Thread-safe: no lock is held while a thread waits or writes to a socket.
public final class VersionedState {

  /// The status of a task that has never been updated.
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
  /// @param sweeper ends the waits whose time is over
  public VersionedState(String task, String epoch, Sweeper sweeper) {
    this(
        Snapshot.now(task, epoch, 0, FIRST_STATUS),
        new MemoryStore(epoch),
        LookAgain.NEVER,
        sweeper);
  }

  /// A state that continues after `last`.
  ///
  /// @param store keeps its versions
  /// @param lookAgain looks for later versions in the store, and reports them to [#advance]
  /// @param sweeper ends the waits whose time is over
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

  /// Since when this server has lost the store; see [StateStore#lostSince].
  public Optional<Instant> lostSince() {
    return store.lostSince();
  }

  /// Sets the status, increases the version by exactly one, and wakes every waiter. No subscriber
  /// gets a version before the store has kept it.
  ///
  /// @return the new snapshot
  /// @throws StoreException if the store has not kept it; nothing has changed here then
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

  /// Advances to `next`, which the store has, and wakes every waiter. Does nothing if this version
  /// or a later one is here already: versions may be reported in any order.
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

  /// Waits for a snapshot that a subscriber at `seen` does not have. Returns it at once if there is
  /// one, else as soon as there is one. Returns empty once `atMost` has passed or this state is
  /// closed; no update before that moment was missed.
  ///
  /// A subscriber may be ahead of this state, because another server told it a later version. It
  /// never gets an older version: the store is read first, and if it cannot be read, the wait goes
  /// on until the later version is known here.
  ///
  /// @param atMost zero or less does not wait; a wait may end up to 0.2 s late
  /// @throws InterruptedException if the thread was interrupted while it waited
  public Optional<Snapshot> awaitNewer(Position seen, Duration atMost) throws InterruptedException {
    Thread thread = Thread.currentThread();
    Hold hold = hold(seen, isAhead(seen), atMost, () -> LockSupport.unpark(thread));
    while (!hold.isOver()) {
      // After a spurious wake-up it parks again.
      while (hold.isWaiting()) {
        LockSupport.park(this);
        if (Thread.interrupted()) {
          hold.leave();
          throw new InterruptedException();
        }
      }
    }
    return hold.newer();
  }

  /// Begins a wait that no thread makes, with the same meaning as [#awaitNewer].
  ///
  /// @param woken runs in a thread that updates this state or ends waits, so it must not block
  /// @return empty if the subscriber is ahead of this state, and only the store can tell
  ///     whether it is right
  public Optional<Hold> hold(Position seen, Duration atMost, Runnable woken) {
    return current.isBehind(seen)
        ? Optional.empty()
        : Optional.of(hold(seen, false, atMost, woken));
  }

  private Hold hold(Position seen, boolean isAhead, Duration atMost, Runnable woken) {
    return new Hold(this, waiters, seen, isAhead, waiters.nanoTime() + atMost.toNanos(), woken);
  }

  /// Whether a subscriber at `seen` is ahead of this state, and may be right.
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

  /// Ends every wait, and every later wait that has no answer at once.
  public void close() {
    closed = true;
    waiters.wakeAll();
  }

  /// Whether [#close] has been called. A subscriber that gets no newer version need not ask again
  /// then.
  public boolean isClosed() {
    return closed;
  }
}
