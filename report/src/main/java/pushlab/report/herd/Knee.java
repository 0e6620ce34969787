package pushlab.report.herd;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.herd.HerdTrial;

/// The knee of reconnect windows: the smallest window that spreads the herd enough. In the busiest
/// second there are no more connection attempts than the server can take, and no larger window
/// brings the last client back earlier. With a smaller window the herd is denser than the server
/// can take, or is back later; with a larger one clients only wait longer. docs/method.md has the
/// whole definition.
final class Knee {

  /// Fewer windows have no knee.
  static final int FEWEST = 3;

  /// A larger window is earlier if it saves more than this share of the time, and more than
  /// `LEAST_SECONDS`.
  private static final double SHARE = 0.1;

  private static final double LEAST_SECONDS = 0.1;

  private Knee() {}

  /// The knee; empty if there is none.
  ///
  /// @param points by window, the smallest first
  /// @param takesPerSecond how many clients the server can take in a second
  static Optional<HerdPoint> of(List<HerdPoint> points, double takesPerSecond) {
    if (points.size() < FEWEST) {
      return Optional.empty();
    }
    for (int at = 0; at < points.size(); at++) {
      HerdPoint point = points.get(at);
      List<HerdPoint> larger = points.subList(at + 1, points.size());
      if (point.lastBackSeconds() != null
          && !isCrowded(point, takesPerSecond)
          && larger.stream().noneMatch(it -> isCrowded(it, takesPerSecond))
          && larger.stream().noneMatch(it -> isEarlier(it, point))) {
        return Optional.of(point);
      }
    }
    return Optional.empty();
  }

  /// How many clients the server can take in a second, as far as the trials show: the limit that it
  /// has, or else the highest rate at which half of the clients came back in any of them.
  static double takesPerSecond(List<HerdTrial> trials) {
    Integer limit = trials.getFirst().settings().acceptsPerSecond();
    return limit == null
        ? trials.stream().mapToDouble(Knee::fastestHalf).max().orElseThrow()
        : limit;
  }

  /// The rate in the shortest run of steps in which half of the clients came back; 0 if fewer did.
  private static double fastestHalf(HerdTrial trial) {
    int half = Math.max(1, trial.clients() / 2);
    double rate = 0;
    int from = 0;
    long back = 0;
    for (int to = 0; to < trial.timeline().size(); to++) {
      back += trial.timeline().get(to).back();
      while (back - trial.timeline().get(from).back() >= half) {
        back -= trial.timeline().get(from).back();
        from++;
      }
      if (back >= half) {
        rate = Math.max(rate, 1000.0 * back / ((to - from + 1L) * trial.stepMillis()));
      }
    }
    return rate;
  }

  private static boolean isCrowded(HerdPoint point, double takesPerSecond) {
    return point.mostAttempts().median() > takesPerSecond;
  }

  private static boolean isEarlier(HerdPoint larger, HerdPoint smaller) {
    Middle early = larger.lastBackSeconds();
    Middle late = smaller.lastBackSeconds();
    if (early == null || late == null) {
      return early != null;
    }
    return early.high() < late.low() && saves(late.median() - early.median(), late);
  }

  private static boolean saves(double seconds, @Nullable Middle of) {
    return of != null && seconds >= Math.max(LEAST_SECONDS, SHARE * of.median());
  }
}
