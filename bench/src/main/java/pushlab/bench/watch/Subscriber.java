package pushlab.bench.watch;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.bench.net.SnapshotParser;
import pushlab.report.result.Transport.Asking;

/// The state of one subscriber, whatever its transport. Counts what it receives, and checks the
/// order.
final class Subscriber {

  private final Counters counters;
  private final WatchLoad workload;
  private final int task;
  private final Counters.NodeCounters node;
  private final long begun = System.nanoTime();
  private SnapshotParser.Parsed seen = new SnapshotParser.Parsed(null, -1, null);
  private int update = -1;
  private int deliveries;
  private long updatedAt;

  /// A subscriber of `workload` that connects now and counts in `counters`.
  ///
  /// @param task the number of its task
  /// @param node the number of its node
  Subscriber(Counters counters, WatchLoad workload, int task, int node) {
    this.counters = counters;
    this.workload = workload;
    this.task = task;
    this.node = counters.nodes.get(node);
    this.node.subscribers++;
  }

  Counters counters() {
    return counters;
  }

  /// `path` with a query that names its task, if that has a name.
  String of(String path) {
    String name = workload.task(task);
    return name == null ? path : path + "?task=" + name;
  }

  /// The version that it shows, or -1 before its first snapshot.
  long version() {
    return seen.version();
  }

  @Nullable String epoch() {
    return seen.epoch();
  }

  /// Handles a complete snapshot. It arrived when its last byte was read.
  void received(ByteBuf json) {
    long now = counters.readAt;
    counters.payloadBytes += json.readableBytes();
    SnapshotParser.Parsed snapshot;
    try {
      snapshot = counters.snapshots.read(json);
    } catch (IOException e) {
      counters.error(String.valueOf(e.getMessage()));
      return;
    }
    long before = seen.version();
    if (before < 0) {
      seen = snapshot;
      counters.connected(begun, now);
    } else if (snapshot.version() == before) {
      // Short polling receives the same version again when nothing has changed.
      counters.repeated += workload.transport().asking() == Asking.AT_INTERVALS ? 0 : 1;
    } else if (snapshot.version() < before) {
      counters.backward++;
    } else {
      seen = snapshot;
      if (!counters.schedules.isEmpty()) {
        delivered(counters.schedules.get(task), snapshot, now);
      }
    }
  }

  private void delivered(Schedule schedule, SnapshotParser.Parsed snapshot, long now) {
    int number = schedule.update(snapshot.status());
    if (number < 0) {
      return;
    }
    deliveries++;
    counters.delivered(node, schedule, number, now);
    if (number > update) {
      counters.stale(schedule, schedule.nextSent(update), now);
      record(schedule, update + 1, number, now);
      update = number;
      updatedAt = now;
    }
  }

  /// Updates `first` to `last` have arrived. A skipped update has arrived with the next one:
  /// without this rule, a transport that skips most updates would be judged by its fastest
  /// deliveries.
  private void record(Schedule schedule, int first, int last, long now) {
    for (int held = first; held <= last; held++) {
      if (schedule.isTaken(held)) {
        counters.held(node, schedule, held, now);
      }
    }
  }

  /// Whether it has received the last update of its task that the server accepted.
  boolean hasAll(List<Schedule> schedules) {
    return update >= schedules.get(task).lastTaken();
  }

  /// When it received the last update that it has, in [System#nanoTime].
  long updatedAt() {
    return updatedAt;
  }

  /// How many updates it has skipped: a later one arrived instead.
  int skipped(List<Schedule> schedules) {
    return schedules.get(task).takenUpTo(update) - deliveries;
  }

  /// How many updates it is missing: those after the last that it received.
  int missing(List<Schedule> schedules) {
    Schedule schedule = schedules.get(task);
    return schedule.taken() - schedule.takenUpTo(update);
  }

  /// Counts the staleness of what it shows at the end.
  void end(List<Schedule> schedules, long now) {
    if (!hasAll(schedules)) {
      Schedule schedule = schedules.get(task);
      counters.stale(schedule, schedule.nextSent(update), now);
    }
  }
}
