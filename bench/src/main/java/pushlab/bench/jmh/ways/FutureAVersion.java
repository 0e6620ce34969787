package pushlab.bench.jmh.ways;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import pushlab.server.state.MemoryStore;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;

/// A [CompletableFuture] a version, completed by the next one.
///
/// Version and future are one reference, so no thread sees the one without the other. That is
/// enough to lose no wake-up. An update pops a lock-free stack and unparks the waiters on it. But
/// each wait is timed, which on a virtual thread costs a timer, and one that times out is unlinked
/// by a walk over all that began to wait after it: ten thousand that time out together walk up to
/// 10^8 nodes.
final class FutureAVersion implements Way {

  private record Version(Snapshot snapshot, CompletableFuture<Snapshot> next) {
    Version(Snapshot snapshot) {
      this(snapshot, new CompletableFuture<>());
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
    last.next.complete(next);
    return next;
  }

  @Override
  public Optional<Snapshot> awaitNewer(Position seen, Duration atMost) throws InterruptedException {
    Version now = current;
    if (!now.snapshot.isNewsTo(seen)) {
      try {
        now.next.get(atMost.toNanos(), NANOSECONDS);
      } catch (TimeoutException | ExecutionException _) {
        // Nothing newer so far: the last look says so, or knows better.
      }
    }
    return Way.news(current.snapshot, seen);
  }
}
