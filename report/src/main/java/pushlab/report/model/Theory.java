package pushlab.report.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Workload;
import pushlab.report.result.Transport;
import pushlab.report.stat.Interval;

/// What a cell would measure if only the transport's way of asking and the network took time. Over
/// loopback a round trip takes almost none. docs/method.md derives it. The difference to the
/// measurement is the work of the server, the machine and the herd.
public final class Theory {

  private static final double MEDIAN = 0.5;
  private static final double RARE = 0.99;

  /// Percentiles beside each other that are this many times apart have a loss between them.
  private static final double APART = 1.5;

  private Theory() {}

  /// The median delivery time.
  public static double deliveryMedianMicros(CellSummary cell) {
    return deliveryMicros(cell, MEDIAN);
  }

  /// The 99th percentile of the delivery time.
  public static double deliveryP99Micros(CellSummary cell) {
    return deliveryMicros(cell, RARE);
  }

  /// From the time without a loss to that with one, if about as many deliveries meet a loss as are
  /// above the 99th percentile: chance then decides which of them it shows. Empty if theory gives
  /// one time.
  static Optional<Interval> edgeOfP99Micros(CellSummary cell) {
    double low = deliveryMicros(cell, 1 - 2 * (1 - RARE));
    double high = deliveryMicros(cell, 1 - (1 - RARE) / 2);
    return cell.network() == null || high < APART * low
        ? Optional.empty()
        : Optional.of(new Interval(low, high));
  }

  private static double deliveryMicros(CellSummary cell, double share) {
    return deliveryMicros(cell.transport(), cell.pollIntervalMillis(), cell.workload(), share);
  }

  /// The delivery time that this share of deliveries does not exceed.
  ///
  /// @param pollIntervalMillis of short polling; null for every other transport
  static double deliveryMicros(
      Transport transport, @Nullable Long pollIntervalMillis, Workload workload, double share) {
    return 1000
        * new NetworkDelay(transport.asking(), pollIntervalMillis, workload).quantile(share);
  }

  /// What the network of `workload` adds to a delay over loopback.
  ///
  /// @param pollIntervalMillis of short polling; null for every other transport
  /// @return 0 for a measure that is no delay; empty for staleness
  static Optional<Double> addedMicros(
      Transport transport, @Nullable Long pollIntervalMillis, Workload workload, Measure measure) {
    return switch (measure) {
      case STALENESS -> Optional.empty();
      case DELIVERY_MEDIAN -> Optional.of(added(transport, pollIntervalMillis, workload, MEDIAN));
      case DELIVERY_P99 -> Optional.of(added(transport, pollIntervalMillis, workload, RARE));
      case HERD -> {
        double herd = Math.max(1, (double) workload.clients() / workload.tasks());
        yield Optional.of(
            added(transport, pollIntervalMillis, workload, Math.pow(MEDIAN, 1 / herd)));
      }
      case SERVER_CPU, BYTES, REQUESTS, MEMORY -> Optional.of(0.0);
    };
  }

  private static double added(
      Transport transport, @Nullable Long pollIntervalMillis, Workload workload, double share) {
    return deliveryMicros(transport, pollIntervalMillis, workload, share)
        - deliveryMicros(transport, pollIntervalMillis, workload.over(null), share);
  }

  /// The staleness of a client that polls; empty for the other transports, and over a network,
  /// where all are stale. Updates come at even intervals, at any phase of the poll interval.
  public static Optional<Double> stalenessMillis(CellSummary cell) {
    Long asked = cell.pollIntervalMillis();
    if (asked == null || cell.network() != null) {
      return Optional.empty();
    }
    return Optional.of(Staleness.of(0, asked, 1000 / cell.subject().updatesPerSecond()));
  }
}
