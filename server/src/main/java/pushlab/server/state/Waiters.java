package pushlab.server.state;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The threads that wait for a task's next version, in a timing wheel of lock-free stacks.
///
/// ```
///   bucket     0     1     2   ...  255        one bucket a tick of 100 ms
///              |           |
///           waiter      waiter                 each in the bucket of the tick its patience ends in
///              |
///           waiter
/// ```
///
/// A waiter is never searched for and never unlinked. An update takes all buckets and wakes all
/// waiters in them; the [Sweeper] takes the bucket whose tick has passed. So waiting costs one
/// push, whether it ends by an update or by time, and ten thousand waiters need no timer of their
/// own. A waiter that leaves by itself stays behind as an empty node until its tick.
///
/// Time is `nanoTime`, handed in.
final class Waiters {

  static final long TICK_NANOS = 100_000_000;
  private static final int BUCKETS = 256;

  /// One wait of one thread: pushed once, woken at most once.
  static final class Waiter {
    private volatile @Nullable Thread thread = Thread.currentThread();
    private @Nullable Waiter next;

    /// Parks until woken; a spurious return of `park` is parked again.
    ///
    /// @throws InterruptedException if the thread was interrupted while it waited
    void await() throws InterruptedException {
      while (thread != null) {
        LockSupport.park(this);
        if (Thread.interrupted()) {
          leave();
          throw new InterruptedException();
        }
      }
    }

    /// Ends the wait without having been woken.
    void leave() {
      thread = null;
    }

    private void wake() {
      Thread waiting = thread;
      if (waiting != null) {
        thread = null;
        LockSupport.unpark(waiting);
      }
    }
  }

  private final AtomicReferenceArray<@Nullable Waiter> wheel = new AtomicReferenceArray<>(BUCKETS);
  private final LongSupplier nanoTime;
  private final long start;
  private long sweptTicks;

  Waiters(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  long nanoTime() {
    return nanoTime.getAsLong();
  }

  /// Makes the calling thread known, so that whatever happens from now on wakes it: it must look
  /// once more at what it waits for, and at the time, before it calls [Waiter#await].
  Waiter register(long deadline) {
    var waiter = new Waiter();
    int bucket = bucket((deadline - start) / TICK_NANOS);
    do {
      waiter.next = wheel.get(bucket);
    } while (!wheel.weakCompareAndSetVolatile(bucket, waiter.next, waiter));
    return waiter;
  }

  void wakeAll() {
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      wakeBucket(bucket);
    }
  }

  /// Wakes those whose tick has passed: not before their time, and at most a tick after it plus the
  /// time between two sweeps. A waiter with more patience than the wheel has ticks is woken early
  /// and registers again. To be called by one thread only.
  void sweep() {
    long now = (nanoTime.getAsLong() - start) / TICK_NANOS;
    for (long tick = Math.max(sweptTicks, now - BUCKETS); tick < now; tick++) {
      wakeBucket(bucket(tick));
    }
    sweptTicks = now;
  }

  private void wakeBucket(int bucket) {
    if (wheel.get(bucket) == null) {
      return;
    }
    for (Waiter waiter = wheel.getAndSet(bucket, null); waiter != null; waiter = waiter.next) {
      waiter.wake();
    }
  }

  private static int bucket(long tick) {
    return (int) Math.floorMod(tick, (long) BUCKETS);
  }
}
