package pushlab.bench.watch;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What one subscriber has seen, whichever way it came; checks the order of what comes.
final class Subscriber {

  private final Tally tally;
  private final boolean mayRepeat;
  private SnapshotReader.Read seen = new SnapshotReader.Read(null, -1, null);
  private int update = -1;
  private int deliveries;

  /// One that counts in `tally`.
  ///
  /// @param mayRepeat whether being told again what it knows is in order, as it is for one that
  ///     asks at an interval
  Subscriber(Tally tally, boolean mayRepeat) {
    this.tally = tally;
    this.mayRepeat = mayRepeat;
  }

  Tally tally() {
    return tally;
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
    } else if (snapshot.version() == before) {
      tally.repeated += mayRepeat ? 0 : 1;
    } else if (snapshot.version() < before) {
      tally.backward++;
    } else {
      seen = snapshot;
      if (tally.schedule != null) {
        delivered(tally.schedule, snapshot, now);
      }
    }
  }

  private void delivered(Schedule schedule, SnapshotReader.Read snapshot, long now) {
    int number = schedule.update(snapshot.status());
    if (number < 0) {
      return;
    }
    deliveries++;
    tally.told(schedule, number, now);
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
        tally.held(schedule, held, now);
      }
    }
  }

  /// Whether it shows the last update that the server took.
  boolean hasAll(Schedule schedule) {
    return update >= schedule.lastTaken();
  }

  /// How many updates a later one overtook on the way to it.
  int skipped(Schedule schedule) {
    return schedule.takenUpTo(update) - deliveries;
  }

  /// How many updates came after the last that it got.
  int missing(Schedule schedule) {
    return schedule.taken() - schedule.takenUpTo(update);
  }

  /// Counts what it shows at the end as stale, if it is.
  void end(Schedule schedule, long now) {
    if (!hasAll(schedule)) {
      tally.stale(schedule, schedule.nextSent(update), now);
    }
  }
}
