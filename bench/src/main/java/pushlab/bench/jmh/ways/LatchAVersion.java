package pushlab.bench.jmh.ways;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import pushlab.server.state.MemoryStore;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;

/// A [CountDownLatch] for each version, opened by the next one.
///
/// An update wakes one waiter, which wakes the next, and so on. The publisher continues at once,
/// but the last waiter waits for as many thread switches as there are waiters. Each wait has a
/// time-out, which costs a timer on a virtual thread. A wait that times out is removed by a walk
/// over all that began after it.
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
      // The line below reads the version, whether the latch has opened or not.
      var _ = now.next.await(atMost.toNanos(), NANOSECONDS);
    }
    return Way.news(current.snapshot, seen);
  }
}
