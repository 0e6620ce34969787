package pushlab.bench;

import java.util.List;
import pushlab.report.result.Run;
import pushlab.report.result.Transport;

/// The plans that have a name. Their poll interval is no multiple of their update period: else
/// short polling would always ask at the same moment between two updates, and measure luck.
final class Plans {

  private static final long POLL_INTERVAL_MILLIS = 970;

  private Plans() {}

  /// A first answer, in three minutes on two cores, JMH and Gatling included.
  static Run.Plan quick(long seed) {
    return plan("quick", List.of(100, 1000), List.of(2.0), 8, 3.5, 2, seed);
  }

  /// An answer to work with, in a quarter of an hour.
  static Run.Plan standard(long seed) {
    return plan("standard", List.of(10, 100, 1000), List.of(0.5, 2.0, 20.0), 20, 5, 3, seed);
  }

  /// An answer to publish, in an hour.
  static Run.Plan full(long seed) {
    return plan("full", List.of(10, 100, 1000, 5000), List.of(0.2, 2.0, 20.0), 30, 6, 5, seed);
  }

  private static Run.Plan plan(
      String name,
      List<Integer> clients,
      List<Double> updatesPerSecond,
      double warmUpSeconds,
      double seconds,
      int repeats,
      long seed) {
    return new Run.Plan(
        name,
        List.of(Transport.values()),
        clients,
        updatesPerSecond,
        POLL_INTERVAL_MILLIS,
        warmUpSeconds,
        seconds,
        repeats,
        seed);
  }
}
