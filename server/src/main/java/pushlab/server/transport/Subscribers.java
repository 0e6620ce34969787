package pushlab.server.transport;

import io.helidon.http.Status;
import java.util.concurrent.atomic.AtomicInteger;
import pushlab.server.http.Problem;

/// The subscribers of all transports that wait for a newer version now, and how many there may be.
/// Thread-safe.
public final class Subscribers {

  private final int limit;
  private final boolean asData;
  private final AtomicInteger waiting = new AtomicInteger();

  /// Room for `limit` subscribers.
  ///
  /// @param asData whether they wait as data where they can; else each waits in a thread
  public Subscribers(int limit, boolean asData) {
    this.limit = limit;
    this.asData = asData;
  }

  boolean waitAsData() {
    return asData;
  }

  /// Admits a subscriber. It has to [#leave] later.
  ///
  /// @throws Problem 503 with `Retry-After` if the limit is reached
  void enter() {
    if (waiting.incrementAndGet() > limit) {
      waiting.decrementAndGet();
      throw new Problem(
              Status.SERVICE_UNAVAILABLE_503,
              "%d subscribers are waiting already, and no more are accepted".formatted(limit))
          .with("Retry-After", "5");
    }
  }

  void leave() {
    waiting.decrementAndGet();
  }

  /// How many subscribers wait now.
  public int waiting() {
    return waiting.get();
  }
}
