package pushlab.bench.jmh.ways;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import pushlab.server.state.MemoryStore;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;

/// A [Phaser] with the publisher as its only party: each update arrives and so starts the next
/// phase.
///
/// It almost fits: waiters need not be parties, and phases continue forever in one object. The
/// publisher and the threads that are awake wake the others, from one lock-free stack. But each
/// wait has a time-out, which costs a timer on a virtual thread. A wait that times out below others
/// stays in the stack until the next update, so a task without updates for an hour keeps all waits
/// of that hour.
final class PhaseAVersion implements Way {

  private final MemoryStore store = new MemoryStore();
  private final ReentrantLock updating = new ReentrantLock();
  private final Phaser versions = new Phaser(1);
  private volatile Snapshot current = Way.first(store);

  @Override
  public Snapshot current() {
    return current;
  }

  @Override
  public Snapshot update(String status) {
    updating.lock();
    try {
      Snapshot next = store.update(current.task(), status);
      current = next;
      // Within the lock: two arrivals at the same time would need two parties.
      versions.arrive();
      return next;
    } finally {
      updating.unlock();
    }
  }

  @Override
  public Optional<Snapshot> awaitNewer(Position seen, Duration atMost) throws InterruptedException {
    // The phase is read before the snapshot: an update between the two has ended that phase.
    int phase = versions.getPhase();
    long end = System.nanoTime() + atMost.toNanos();
    try {
      // The phase may end with an update that this thread has already seen, because the update is
      // visible a moment before.
      while (!current.isNewsTo(seen)) {
        phase = versions.awaitAdvanceInterruptibly(phase, end - System.nanoTime(), NANOSECONDS);
      }
    } catch (TimeoutException _) {
      // The wait has timed out. The line below reads the version once more.
    }
    return Way.news(current, seen);
  }
}
