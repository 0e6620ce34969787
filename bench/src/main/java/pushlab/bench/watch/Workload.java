package pushlab.bench.watch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Cell;
import pushlab.report.result.Transport;

/// What one repeat of a cell does.
///
/// @param updatesPerSecond of all tasks together, which are updated in turn
/// @param pollInterval how long a short-polling subscriber waits between an answer and its next
///     request; means nothing to the others
/// @param tasks over how many tasks the subscribers are spread, one each; a single one is the task
///     that is meant where none is named
/// @param payload how many characters, of one byte each, a status has; at least [#SHORTEST_PAYLOAD]
/// @param length how long updates are published
public record Workload(
    Transport transport,
    int clients,
    double updatesPerSecond,
    Duration pollInterval,
    int tasks,
    int payload,
    Duration length) {

  /// How many characters a status must have to hold its number.
  public static final int SHORTEST_PAYLOAD = 24;

  /// One task, and a status as long as it is unless told.
  public Workload(
      Transport transport,
      int clients,
      double updatesPerSecond,
      Duration pollInterval,
      Duration length) {
    this(transport, clients, updatesPerSecond, pollInterval, 1, Cell.PAYLOAD, length);
  }

  /// The name of task `number`, or null for the one that needs no name.
  @Nullable String task(int number) {
    return tasks == 1 ? null : "watch-" + number;
  }

  /// Which of so many `nodes` subscriber `number` asks: those of each task are spread over all.
  int node(int number, int nodes) {
    return (number % tasks + number / tasks) % nodes;
  }

  /// How many subscribers task `number` has.
  int subscribers(int number) {
    return share(clients, number);
  }

  /// How many updates task `number` has; there is at least one update in all.
  int updates(int number) {
    return share((int) Math.max(1, Math.round(updatesPerSecond * length.toNanos() / 1e9)), number);
  }

  private int share(int all, int number) {
    return all / tasks + (number < all % tasks ? 1 : 0);
  }

  /// When update number `update` of task `number` is due, in nanoseconds after the start.
  long dueNanos(int number, int update) {
    return (long) (((long) update * tasks + number) * 1e9 / updatesPerSecond);
  }
}
