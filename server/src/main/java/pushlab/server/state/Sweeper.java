package pushlab.server.state;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// The one timer of the server: ten times a second it wakes those whose patience has ended. A timed
/// park for each waiter would wake a scheduler thread for every one of them.
public final class Sweeper implements AutoCloseable {

  private final LongSupplier nanoTime;
  private final Queue<Waiters> swept = new ConcurrentLinkedQueue<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("sweeper").unstarted(this::run);

  /// One that sweeps from now on.
  public Sweeper() {
    this(System::nanoTime);
    thread.start();
  }

  /// One that sweeps only when it is told to.
  Sweeper(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  Waiters waiters() {
    var waiters = new Waiters(nanoTime);
    swept.add(waiters);
    return waiters;
  }

  void sweep() {
    swept.forEach(Waiters::sweep);
  }

  /// Stops the timer. Waiters then wait for an update only.
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
