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

/// A [Phaser] with the publisher as its one party: each update is an arrival, so the next phase.
///
/// Made for this, almost: waiters need not be parties, and phases go on for ever, in place. The
/// publisher and all who are awake already wake the rest, from one lock-free stack. But each wait
/// is timed, which on a virtual thread costs a timer, and one that times out below others stays in
/// the stack until the next update: a task that nobody updates for an hour keeps every wait of it.
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
      // Not after the lock: of two that arrive at once, the second is a party that is not known.
      versions.arrive();
      return next;
    } finally {
      updating.unlock();
    }
  }

  @Override
  public Optional<Snapshot> awaitNewer(Position seen, Duration atMost) throws InterruptedException {
    // First the phase, then the snapshot: an update between the two has ended that phase.
    int phase = versions.getPhase();
    long end = System.nanoTime() + atMost.toNanos();
    try {
      // The phase may end by an update that the reader has seen already: it is there a moment
      // before.
      while (!current.isNewsTo(seen)) {
        phase = versions.awaitAdvanceInterruptibly(phase, end - System.nanoTime(), NANOSECONDS);
      }
    } catch (TimeoutException _) {
      // Nothing newer so far: the last look says so, or knows better.
    }
    return Way.news(current, seen);
  }
}
