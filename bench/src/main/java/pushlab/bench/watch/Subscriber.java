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
        delivered(tally.schedule, snapshot, snapshot.version() - before - 1, now);
      }
    }
  }

  private void delivered(Schedule schedule, SnapshotReader.Read snapshot, long between, long now) {
    int number = schedule.update(snapshot.status());
    if (number < 0) {
      return;
    }
    update = number;
    tally.delivered++;
    tally.skipped += between;
    tally.raw.recordValue(micros(now - schedule.sent(number)));
    tally.corrected.recordValue(micros(now - schedule.due(number)));
    // One publisher, so versions grow as updates do: the first one missed is `between` before.
    tally.stale(schedule, (int) Math.max(0, number - between), now);
  }

  /// Whether it shows the last update that was sent.
  boolean hasAll(Schedule schedule) {
    return update >= schedule.lastSent();
  }

  /// How many updates of `schedule` it has not got by `now`; what it shows is stale since the
  /// first.
  long missing(Schedule schedule, long now) {
    int missing = schedule.lastSent() - update;
    if (missing > 0) {
      tally.stale(schedule, update + 1, now);
    }
    return Math.max(0, missing);
  }

  private static long micros(long nanos) {
    return Math.max(0, nanos / 1000);
  }
}
