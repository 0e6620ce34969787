package pushlab.server.state;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/// A state with two mistakes that the proofs must find: its version grows in two steps, and a
/// subscriber looks first and registers then.
public class CarelessState {

  private final Queue<CountDownLatch> waiters = new ConcurrentLinkedQueue<>();
  private volatile long version;

  public long update() {
    long updated = version + 1;
    Thread.onSpinWait();
    version = updated;
    for (CountDownLatch waiter = waiters.poll(); waiter != null; waiter = waiters.poll()) {
      waiter.countDown();
    }
    return updated;
  }

  public long awaitNewerThan0() throws InterruptedException {
    while (version == 0) {
      var waiter = new CountDownLatch(1);
      waiters.add(waiter);
      waiter.await();
    }
    return version;
  }
}
