package pushlab.bench.watch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Cell;
import pushlab.report.result.Transport;

/// The load of one repeat of a cell.
///
/// @param updatesPerSecond of all tasks together, which are updated in turn
/// @param pollInterval how long a short-polling subscriber waits between an answer and its next
///     request; the other transports ignore it
/// @param tasks how many tasks the subscribers are spread over; each subscriber has one task. A
///     single task is the default task.
/// @param payload how many characters of one byte a status has; at least [#SHORTEST_PAYLOAD]
/// @param length how long updates are published
public record WatchLoad(
    Transport transport,
    int clients,
    double updatesPerSecond,
    Duration pollInterval,
    int tasks,
    int payload,
    Duration length) {

  /// The length that a status needs to contain its number.
  public static final int SHORTEST_PAYLOAD = 24;

  /// A load with the default task and the default length of a status.
  public WatchLoad(
      Transport transport,
      int clients,
      double updatesPerSecond,
      Duration pollInterval,
      Duration length) {
    this(transport, clients, updatesPerSecond, pollInterval, 1, Cell.PAYLOAD, length);
  }

  /// The name of task `number`, or null for the default task.
  @Nullable String task(int number) {
    return tasks == 1 ? null : "watch-" + number;
  }

  /// The node of subscriber `number`, out of `nodes`. The subscribers of each task are spread over
  /// all nodes.
  int node(int number, int nodes) {
    return (number % tasks + number / tasks) % nodes;
  }

  /// How many subscribers task `number` has.
  int subscribers(int number) {
    return share(clients, number);
  }

  /// How many updates task `number` has. All tasks together have at least one.
  int updates(int number) {
    return share((int) Math.max(1, Math.round(updatesPerSecond * length.toNanos() / 1e9)), number);
  }

  private int share(int all, int number) {
    return all / tasks + (number < all % tasks ? 1 : 0);
  }

  /// When update `update` of task `number` is due, in nanoseconds after the start.
  long dueNanos(int number, int update) {
    return (long) (((long) update * tasks + number) * 1e9 / updatesPerSecond);
  }
}
