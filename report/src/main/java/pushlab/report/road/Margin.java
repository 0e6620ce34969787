package pushlab.report.road;

/// What to set so that a limit of a proxy is not met.
final class Margin {

  /// The share of a limit that is safe: a request and its answer need time too, and clocks differ.
  private static final double SAFE = 2.0 / 3;

  /// How people set times of several seconds.
  private static final double STEP = 5;

  /// The hold of our server unless it is told otherwise, in seconds.
  static final double USUAL_HOLD = 25;

  /// The heartbeat of our server unless it is told otherwise, in seconds.
  static final double USUAL_HEARTBEAT = 15;

  private Margin() {}

  /// A time of at most two thirds of `limit`, rounded down, and at most `usual`; all in seconds.
  static double below(double limit, double usual) {
    // A limit that was measured differs from its setting by some hundredths of a second.
    double safe = SAFE * Math.round(10 * limit) / 10;
    double rounded =
        safe >= 3 * STEP
            ? STEP * Math.floor(safe / STEP)
            : safe >= 1 ? Math.floor(safe) : Math.floor(10 * safe) / 10;
    return Math.min(usual, rounded);
  }
}
