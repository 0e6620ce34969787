package pushlab.server.state;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// The one timer of the server. Ten times a second it wakes the waiters whose time is over. With a
/// timed park for each waiter, a scheduler thread would wake up for each of them.
public final class Sweeper implements AutoCloseable {

  private final LongSupplier nanoTime;
  private final Queue<Waiters> swept = new ConcurrentLinkedQueue<>();
  private volatile Runnable afterWaking = () -> {};
  private final Thread thread = Thread.ofPlatform().daemon().name("sweeper").unstarted(this::run);

  /// A timer that sweeps from now on.
  public Sweeper() {
    this(System::nanoTime);
    thread.start();
  }

  /// A timer that sweeps only when it is told to, by a clock that is handed in.
  Sweeper(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  Waiters waiters() {
    var waiters = new Waiters(nanoTime, () -> afterWaking.run());
    swept.add(waiters);
    return waiters;
  }

  /// Lets `told` run after waiters have been woken, in the thread that woke them.
  void afterWaking(Runnable told) {
    afterWaking = told;
  }

  void sweep() {
    swept.forEach(Waiters::sweep);
  }

  /// Stops the timer. Waits then end by updates only.
  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(Waiters.TICK_NANOS);
      sweep();
    }
  }
}
