package pushlab.bench.jmh.ways;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import pushlab.server.state.MemoryStore;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;

/// One lock with one condition, as in every textbook. It is the same as `synchronized` with `wait`
/// and `notifyAll`.
///
/// A thread that is woken needs the lock before it can continue. So `signalAll` wakes no thread: it
/// moves all waiters to the queue of the lock, which they get one by one, with a thread switch
/// each. Each wait has a time-out, which costs a timer on a virtual thread. A wait that times out
/// is removed by a walk over all waiters.
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
      // A loop, because a wait may end without a signal.
      while (!current.isNewsTo(seen) && patience > 0) {
        patience = updated.awaitNanos(patience);
      }
      return Way.news(current, seen);
    } finally {
      lock.unlock();
    }
  }
}
