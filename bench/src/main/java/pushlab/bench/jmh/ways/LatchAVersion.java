package pushlab.bench.jmh.ways;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import pushlab.server.state.MemoryStore;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;

/// A [CountDownLatch] a version, opened by the next one.
///
/// An update wakes one waiter, which wakes the next, and so on: the publisher continues at once,
/// and the last of the herd waits for a chain of thread switches as long as the herd. Each
/// wait is timed, which on a virtual thread costs a timer, and one that times out is unlinked by a
/// walk over all that began to wait after it.
final class LatchAVersion implements Way {

  private record Version(Snapshot snapshot, CountDownLatch next) {
    Version(Snapshot snapshot) {
      this(snapshot, new CountDownLatch(1));
    }
  }

  private final MemoryStore store = new MemoryStore();
  private final ReentrantLock updating = new ReentrantLock();
  private volatile Version current = new Version(Way.first(store));

  @Override
  public Snapshot current() {
    return current.snapshot;
  }

  @Override
  public Snapshot update(String status) {
    Version last;
    Snapshot next;
    updating.lock();
    try {
      last = current;
      next = store.update(last.snapshot.task(), status);
      current = new Version(next);
    } finally {
      updating.unlock();
    }
    last.next.countDown();
    return next;
  }

  @Override
  public Optional<Snapshot> awaitNewer(Position seen, Duration atMost) throws InterruptedException {
    Version now = current;
    if (!now.snapshot.isNewsTo(seen)) {
      // Whether it opened or not, the last look tells.
      var _ = now.next.await(atMost.toNanos(), NANOSECONDS);
    }
    return Way.news(current.snapshot, seen);
  }
}
