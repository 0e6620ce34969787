package pushlab.server.transport;

import io.helidon.http.Status;
import java.util.concurrent.atomic.AtomicInteger;
import pushlab.server.http.Problem;

/// The readers that wait for a newer version at this moment, over all transports, and how many
/// there may be. Thread-safe.
public final class Readers {

  private final int limit;
  private final AtomicInteger waiting = new AtomicInteger();

  /// Room for `limit` readers.
  public Readers(int limit) {
    this.limit = limit;
  }

  /// Lets a reader in, who is to [#leave].
  ///
  /// @throws Problem 503 with `Retry-After` if there is no room
  void enter() {
    if (waiting.incrementAndGet() > limit) {
      waiting.decrementAndGet();
      throw new Problem(
              Status.SERVICE_UNAVAILABLE_503,
              "%d readers are waiting already, and no more are taken".formatted(limit))
          .with("Retry-After", "5");
    }
  }

  void leave() {
    waiting.decrementAndGet();
  }

  /// How many wait now.
  public int waiting() {
    return waiting.get();
  }
}
