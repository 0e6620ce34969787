package pushlab.bench.herd;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long a client waits before it tries again: a random time from 0 to a bound, which is the
/// window at first and twice as long after each failure, up to the cap. This is "full jitter"
/// (Brooker, *Exponential Backoff And Jitter*, AWS Architecture Blog, 2015).
///
/// @param window the first bound; zero for clients that do not wait
/// @param obeys whether a client waits as long as the server has said, where it has
record Reconnect(Duration window, boolean obeys) {

  /// No bound is longer than this, unless the window is.
  static final Duration CAP = Duration.ofSeconds(30);

  /// What a client without a window waits after each failed attempt. Without it, clients on the
  /// same machine as a server that is away would do nothing but try.
  static final Duration PAUSE = Duration.ofMillis(100);

  private static final int MOST_DOUBLINGS = 20;

  /// How long to wait now, in nanoseconds.
  ///
  /// @param waits how often the client has waited since it was last answered
  /// @param said what the server said last, in nanoseconds; 0 for nothing
  long nanos(int waits, long said, RandomGenerator random) {
    if (obeys && said > 0) {
      return said;
    }
    if (window.isZero()) {
      return waits == 0 ? 0 : PAUSE.toNanos();
    }
    return random.nextLong(bound(waits).toNanos() + 1);
  }

  /// The longest time that it may wait now, without what a server says.
  Duration bound(int waits) {
    Duration cap = window.compareTo(CAP) > 0 ? window : CAP;
    Duration doubled = window.multipliedBy(1L << Math.min(waits, MOST_DOUBLINGS));
    return doubled.compareTo(cap) > 0 ? cap : doubled;
  }
}
