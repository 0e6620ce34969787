package pushlab.bench.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The time that all rounds may take together, from its creation on.
final class Budget {

  private final double seconds;
  private final long start = System.nanoTime();
  private long excluded;

  /// @param seconds null for no limit
  Budget(@Nullable Double seconds) {
    this.seconds = seconds == null ? Double.POSITIVE_INFINITY : seconds;
  }

  boolean isLimited() {
    return seconds < Double.POSITIVE_INFINITY;
  }

  /// The seconds that are left, at least 0. Infinite if there is no limit.
  double left() {
    return Math.max(0, seconds - (System.nanoTime() - start - excluded) / 1e9);
  }

  /// A time that does not count.
  void exclude(Duration waited) {
    excluded += waited.toNanos();
  }
}
