package pushlab.report.model;

/// How old what a client shows is on average, by theory, when updates come evenly.
final class Staleness {

  private Staleness() {}

  /// Of a client that shows what was the latest some time ago: each time from `from` to `to` is as
  /// frequent as the others. All in the same unit of time.
  ///
  /// What was the latest `a` ago was replaced at a moment that is spread evenly over one `period`,
  /// so the mean age is that of max(0, a - V) with V from 0 to `period`.
  static double of(double from, double to, double period) {
    return to > from
        ? (integral(to, period) - integral(from, period)) / (to - from)
        : age(from, period);
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
