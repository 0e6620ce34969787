package pushlab.bench.watch;

import java.time.Duration;
import pushlab.report.result.Transport;

/// What one repeat of a cell does.
///
/// @param pollInterval how long a short-polling subscriber waits between an answer and its next
///     request; means nothing to the others
/// @param length how long updates are published
public record Workload(
    Transport transport,
    int clients,
    double updatesPerSecond,
    Duration pollInterval,
    Duration length) {

  /// How many updates the schedule has; at least one.
  int updates() {
    return (int) Math.max(1, Math.round(updatesPerSecond * length.toNanos() / 1e9));
  }

  /// When update number `update` is due, in nanoseconds after the start.
  long dueNanos(int update) {
    return (long) (update * 1e9 / updatesPerSecond);
  }
}
