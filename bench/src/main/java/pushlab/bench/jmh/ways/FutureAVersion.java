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

/// A [CompletableFuture] for each version, completed by the next one.
///
/// The version and its future are in one reference, so a thread always sees both together, and no
/// wake-up is lost. An update pops a lock-free stack and unparks the threads in it, as ours does.
/// But each wait has a time-out, which costs a timer on a virtual thread. A wait that times out is
/// removed by a walk over all that began after it: ten thousand that time out together walk up to
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
        // The wait has timed out. The line below reads the version once more.
      }
    }
    return Way.news(current.snapshot, seen);
  }
}
