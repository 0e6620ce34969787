package pushlab.report.model;

import java.util.Optional;
import pushlab.report.judge.CellSummary;

/// What a cell would measure if only the transport's way of asking took time, over loopback,
/// where a round trip takes almost none. docs/method.md derives it. The difference to the
/// measurement is the work of the server, the machine and the herd.
public final class Theory {

  private Theory() {}

  /// The median delivery time: half an interval for a client that polls, zero for the others.
  public static double deliveryMedianMicros(CellSummary cell) {
    Long interval = cell.pollIntervalMillis();
    return interval == null ? 0 : 1000.0 * interval / 2;
  }

  /// The staleness of a client that polls; empty for the other transports, which have none.
  /// Updates come at even intervals, at any phase of the poll interval.
  public static Optional<Double> stalenessMillis(CellSummary cell) {
    Long asked = cell.pollIntervalMillis();
    if (asked == null) {
      return Optional.empty();
    }
    return Optional.of(Staleness.of(0, asked, 1000 / cell.subject().updatesPerSecond()));
  }
}
