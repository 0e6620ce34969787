package pushlab.server.state;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The waits for a task's next version, in a timing wheel of lock-free stacks.
///
/// ```
///   bucket     0     1     2   ...  255        one bucket for each tick of 100 ms
///              |           |
///           waiter      waiter                 each in the bucket of the tick that ends its wait
///              |
///           waiter
/// ```
///
/// A waiter is never searched for and never unlinked. An update takes all buckets and wakes every
/// waiter in them. The [Sweeper] takes the bucket whose tick has passed. So a wait costs one push,
/// whether it ends by an update or by time, and ten thousand waiters need no timers of their own. A
/// waiter that leaves by itself remains as an empty node until its tick.
///
/// The clock is handed in; it counts like `System.nanoTime`.
final class Waiters {

  static final long TICK_NANOS = 100_000_000;
  private static final int BUCKETS = 256;

  /// One wait. It is pushed once and woken at most once.
  static final class Waiter {
    private volatile @Nullable Runnable woken;
    private @Nullable Waiter next;

    private Waiter(Runnable woken) {
      this.woken = woken;
    }

    /// Whether nobody has woken this waiter yet, and it has not left.
    boolean isWaiting() {
      return woken != null;
    }

    /// Ends the wait although nobody has woken this waiter. It may be woken at this moment all the
    /// same.
    void leave() {
      woken = null;
    }

    private void wake() {
      Runnable waiting = woken;
      if (waiting != null) {
        woken = null;
        waiting.run();
      }
    }
  }

  private final AtomicReferenceArray<@Nullable Waiter> wheel = new AtomicReferenceArray<>(BUCKETS);
  private final LongSupplier nanoTime;
  private final Runnable afterWaking;
  private final long start;
  private long sweptTicks;

  /// @param afterWaking runs after the waiters of an update, or of a tick, have been woken
  Waiters(LongSupplier nanoTime, Runnable afterWaking) {
    this.nanoTime = nanoTime;
    this.afterWaking = afterWaking;
    this.start = nanoTime.getAsLong();
  }

  long nanoTime() {
    return nanoTime.getAsLong();
  }

  /// Registers a waiter, so that the next update or its tick runs `woken`, in the thread that
  /// updates or sweeps. After this, the caller must look again at what it waits for, and at the
  /// time.
  Waiter register(long deadline, Runnable woken) {
    var waiter = new Waiter(woken);
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
    afterWaking.run();
  }

  /// Wakes the waiters whose tick has passed. None is woken too early, and none later than one tick
  /// plus the time between two sweeps. A waiter whose wait is longer than the wheel is woken early
  /// and registers again. Only one thread may call this.
  void sweep() {
    long now = (nanoTime.getAsLong() - start) / TICK_NANOS;
    for (long tick = Math.max(sweptTicks, now - BUCKETS); tick < now; tick++) {
      wakeBucket(bucket(tick));
    }
    sweptTicks = now;
    afterWaking.run();
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
