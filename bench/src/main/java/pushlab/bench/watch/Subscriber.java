package pushlab.bench.watch;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Transport.Asking;

/// What one subscriber has seen, whichever way it came; checks the order of what comes.
final class Subscriber {

  private final Tally tally;
  private final Workload workload;
  private final int task;
  private final Tally.OfNode node;
  private SnapshotReader.Read seen = new SnapshotReader.Read(null, -1, null);
  private int update = -1;
  private int deliveries;

  /// One of `workload` that counts in `tally`.
  ///
  /// @param task the number of the task that it follows
  /// @param node the number of the node that it asks
  Subscriber(Tally tally, Workload workload, int task, int node) {
    this.tally = tally;
    this.workload = workload;
    this.task = task;
    this.node = tally.nodes.get(node);
    this.node.subscribers++;
  }

  Tally tally() {
    return tally;
  }

  /// Where it asks: `path` on the server, for its own task.
  String of(String path) {
    String name = workload.task(task);
    return name == null ? path : path + "?task=" + name;
  }

  /// The version that it shows, or -1 while it has none.
  long version() {
    return seen.version();
  }

  @Nullable String epoch() {
    return seen.epoch();
  }

  /// A snapshot has come, whole.
  void received(ByteBuf json) {
    long now = System.nanoTime();
    tally.payloadBytes += json.readableBytes();
    SnapshotReader.Read snapshot;
    try {
      snapshot = tally.snapshots.read(json);
    } catch (IOException e) {
      tally.error(String.valueOf(e.getMessage()));
      return;
    }
    long before = seen.version();
    if (before < 0) {
      seen = snapshot;
      tally.ready++;
      tally.lastReady = now;
    } else if (snapshot.version() == before) {
      // To be told again what it knows is in order for one that asks at an interval.
      tally.repeated += workload.transport().asking() == Asking.AT_INTERVALS ? 0 : 1;
    } else if (snapshot.version() < before) {
      tally.backward++;
    } else {
      seen = snapshot;
      if (!tally.schedules.isEmpty()) {
        delivered(tally.schedules.get(task), snapshot, now);
      }
    }
  }

  private void delivered(Schedule schedule, SnapshotReader.Read snapshot, long now) {
    int number = schedule.update(snapshot.status());
    if (number < 0) {
      return;
    }
    deliveries++;
    tally.told(node, schedule, number, now);
    if (number > update) {
      tally.stale(schedule, schedule.nextSent(update), now);
      record(schedule, update + 1, number, now);
      update = number;
    }
  }

  /// An update that was skipped took until a later one came: else a transport that skips most of
  /// them would be timed by those alone that it happened to be quick with.
  private void record(Schedule schedule, int first, int last, long now) {
    for (int held = first; held <= last; held++) {
      if (schedule.isTaken(held)) {
        tally.held(node, schedule, held, now);
      }
    }
  }

  /// Whether it shows the last update of its task that the server took.
  boolean hasAll(List<Schedule> schedules) {
    return update >= schedules.get(task).lastTaken();
  }

  /// How many updates a later one overtook on the way to it.
  int skipped(List<Schedule> schedules) {
    return schedules.get(task).takenUpTo(update) - deliveries;
  }

  /// How many updates came after the last that it got.
  int missing(List<Schedule> schedules) {
    Schedule schedule = schedules.get(task);
    return schedule.taken() - schedule.takenUpTo(update);
  }

  /// Counts what it shows at the end as stale, if it is.
  void end(List<Schedule> schedules, long now) {
    if (!hasAll(schedules)) {
      Schedule schedule = schedules.get(task);
      tally.stale(schedule, schedule.nextSent(update), now);
    }
  }
}
