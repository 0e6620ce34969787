package pushlab.report.model;

/// The mean age of the version that a client shows, by theory, if updates come at even intervals.
final class Staleness {

  private Staleness() {}

  /// The staleness of a client that shows the version which was the latest some time ago. That
  /// time is spread evenly from `from` to `to`. All arguments have the same unit of time.
  ///
  /// The version that was the latest `a` ago was replaced at a moment that is spread evenly over
  /// one `period`, so the mean age is that of max(0, a - V) with V from 0 to `period`.
  static double of(double from, double to, double period) {
    return to > from
        ? (integral(to, period) - integral(from, period)) / (to - from)
        : age(from, period);
  }

  /// How late a client is that has this staleness: the inverse of [#of] for one moment.
  static double lateness(double staleness, double period) {
    return staleness < period / 2 ? Math.sqrt(2 * staleness * period) : staleness + period / 2;
  }

  private static double age(double a, double period) {
    return a < period ? a * a / (2 * period) : a - period / 2;
  }

  private static double integral(double a, double period) {
    return a < period
        ? a * a * a / (6 * period)
        : period * period / 6 + (a * a - period * period) / 2 - period * (a - period) / 2;
  }
}
