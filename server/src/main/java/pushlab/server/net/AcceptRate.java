package pushlab.server.net;

import java.util.concurrent.TimeUnit;

/// Lets connections in at a steady rate, so that a herd that comes back at once does not get all of
/// the processors at once. Connections that wait meanwhile are in the system's queue. Not
/// thread-safe.
public final class AcceptRate {

  private static final long LATE = TimeUnit.MILLISECONDS.toNanos(10);

  private final long interval;
  private long next = System.nanoTime();

  /// At most `perSecond` connections a second, none of them ahead of time; any number if it is 0.
  public AcceptRate(int perSecond) {
    this.interval = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  /// Returns when the next connection may be accepted.
  ///
  /// @throws InterruptedException if the thread was interrupted
  void await() throws InterruptedException {
    if (interval > 0) {
      TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
    }
  }

  /// A connection has been accepted now. What a sleep was too long is made up by the next ones, for
  /// up to 10 ms.
  void accepted() {
    next = Math.max(next, System.nanoTime() - LATE) + interval;
  }
}
