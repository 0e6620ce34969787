package pushlab.bench.jmh.ways;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import pushlab.server.state.MemoryStore;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;

/// One lock, one condition: what every textbook begins with, and `synchronized` with `wait` and
/// `notifyAll` in another spelling.
///
/// A waiter needs the lock again before it can continue. So `signalAll` wakes no thread itself: it
/// moves all waiters to the lock's queue, which is served one by one, and between two of them a
/// thread switch. Each wait is timed, which on a virtual thread costs a timer. One that times out
/// is unlinked by a walk over all waiters.
final class LockAndCondition implements Way {

  private final MemoryStore store = new MemoryStore();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition updated = lock.newCondition();
  private volatile Snapshot current = Way.first(store);

  @Override
  public Snapshot current() {
    return current;
  }

  @Override
  public Snapshot update(String status) {
    lock.lock();
    try {
      Snapshot next = store.update(current.task(), status);
      current = next;
      updated.signalAll();
      return next;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<Snapshot> awaitNewer(Position seen, Duration atMost) throws InterruptedException {
    long patience = atMost.toNanos();
    lock.lock();
    try {
      // A loop: a wait may end without a signal.
      while (!current.isNewsTo(seen) && patience > 0) {
        patience = updated.awaitNanos(patience);
      }
      return Way.news(current, seen);
    } finally {
      lock.unlock();
    }
  }
}
