package pushlab.report.model;

import java.util.List;
import pushlab.report.result.Cell;
import pushlab.report.result.Repeat;
import pushlab.report.result.Transport.Asking;

/// What a workload asks of a server over one transport, over loopback: counts per second, of all
/// clients together. `loadOf` in `calculator.js` computes the same and adds the network.
///
/// @param tasks the number of tasks over which the clients are spread
/// @param updatesPerSecond of all tasks together
/// @param intervalMillis of short polling; 0 for every other transport
/// @param holdSeconds how long a long poll is held on average if there is no update
/// @param deliveries versions that clients get
record ModelLoad(
    Asking asking,
    double clients,
    double tasks,
    double updatesPerSecond,
    double intervalMillis,
    double holdSeconds,
    double deliveries) {

  /// Polls that arrive within this time of each other share one wake-up of the server, in
  /// seconds. It was chosen for three committed runs.
  private static final double SHARED_WAKE_UP = 0.008;

  /// The load of a workload. Short polling gets one version a poll at most, the others get all.
  static ModelLoad of(
      Asking asking,
      double clients,
      double tasks,
      double updatesPerSecond,
      double intervalMillis,
      double holdSeconds) {
    double versions = updatesPerSecond / tasks;
    double each =
        asking == Asking.AT_INTERVALS ? Math.min(versions, 1000 / intervalMillis) : versions;
    return new ModelLoad(
        asking, clients, tasks, updatesPerSecond, intervalMillis, holdSeconds, clients * each);
  }

  /// The load of a cell: the rates that its repeats had from first update to last delivery.
  static ModelLoad of(Cell cell, double holdSeconds) {
    double seconds = seconds(cell.repeats());
    return new ModelLoad(
        cell.transport().asking(),
        cell.clients(),
        cell.tasks(),
        cell.repeats().stream().mapToLong(it -> it.updates().due()).sum() / seconds,
        intervalMillis(cell),
        holdSeconds,
        cell.repeats().stream().mapToLong(it -> it.deliveries().delivered()).sum() / seconds);
  }

  /// The interval of short polling; 0 for every other transport.
  static double intervalMillis(Cell cell) {
    Long millis = cell.pollIntervalMillis();
    return millis == null ? 0 : millis;
  }

  static double seconds(List<Repeat> repeats) {
    return repeats.stream().mapToDouble(Repeat::seconds).sum();
  }

  /// The clients of one task: those that an update is for.
  double herd() {
    return Math.max(1, clients / tasks);
  }

  /// The mean time between two updates of one task, in milliseconds.
  double periodMillis() {
    return 1000 * tasks / updatesPerSecond;
  }

  /// Answers without a new version. A long poll is answered without one after its hold; updates
  /// at random moments are assumed.
  double empty() {
    return switch (asking) {
      case AT_INTERVALS -> Math.max(0, clients * 1000 / intervalMillis - deliveries);
      case AFTER_EACH_ANSWER -> deliveries / Math.expm1(updatesPerSecond / tasks * holdSeconds);
      case ONCE -> 0;
    };
  }

  double requests() {
    return asking == Asking.ONCE ? 0 : deliveries + empty();
  }

  /// How often polls wake the server up.
  double wakeUps() {
    return requests() / (1 + SHARED_WAKE_UP * requests());
  }

  /// The share of updates that meet a machine at rest: nearly all at one in 5 s, none at 20 a
  /// second.
  double rest() {
    return 1 / (1 + updatesPerSecond * updatesPerSecond);
  }
}
