package pushlab.server.state;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what is bound to happen, for at most ten seconds.
public final class Await {

  public static final Duration LIMIT = Duration.ofSeconds(10);

  private Await() {}

  public static void until(String what, BooleanSupplier holds) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + LIMIT.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(500_000);
    }
  }

  public static void parked(Thread thread) {
    until("a thread waits", () -> thread.getState() == Thread.State.WAITING);
  }
}
