package pushlab.report.model;

import java.util.Optional;
import pushlab.report.judge.CellSummary;

/// What a cell would show if nothing cost time but the way of asking, over loopback, where a round
/// trip is next to nothing: docs/method.md derives it. Whatever is measured beyond it is the
/// server's, the machine's and the herd's.
public final class Theory {

  private Theory() {}

  /// The median delivery time: who asks at an interval is half of it late, who is told is not.
  public static double deliveryMedianMicros(CellSummary cell) {
    Long interval = cell.pollIntervalMillis();
    return interval == null ? 0 : 1000.0 * interval / 2;
  }

  /// The staleness of a client that asks at an interval, or nothing for one that is told: zero. An
  /// update comes every period, at any moment of an interval.
  public static Optional<Double> stalenessMillis(CellSummary cell) {
    Long asked = cell.pollIntervalMillis();
    if (asked == null) {
      return Optional.empty();
    }
    return Optional.of(Staleness.of(0, asked, 1000 / cell.subject().updatesPerSecond()));
  }
}
