package pushlab.server.transport;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;

/// What one transport has delivered, and its readers that wait now. Thread-safe.
public final class Deliveries {

  private final Readers readers;
  private final LongConsumer timer;
  private final LongAdder waiting = new LongAdder();
  private final LongAdder made = new LongAdder();
  private final LongAdder skipped = new LongAdder();

  /// Of a transport that shares `readers` with the others.
  ///
  /// @param timer told how many milliseconds passed from an update until it was written, for each
  ///     reader that was there at the update
  public Deliveries(Readers readers, LongConsumer timer) {
    this.readers = readers;
    this.timer = timer;
  }

  /// Admits a reader, which waits until the returned object is closed.
  ///
  /// @throws Problem 503 with `Retry-After` if there is no room
  Reader admit() {
    readers.enter();
    waiting.increment();
    return new Reader();
  }

  /// Counts `snapshot`, which has been written to a reader that stood at `seen`.
  void add(Snapshot snapshot, Position seen) {
    made.increment();
    // Neither version is negative below, so the difference fits a long.
    if (seen.version() >= 0 && (seen.epoch() == null || seen.epoch().equals(snapshot.epoch()))) {
      skipped.add(Math.max(0, snapshot.version() - seen.version() - 1));
    }
  }

  /// One that waits for newer versions; to be closed once.
  final class Reader implements AutoCloseable {

    private final long since = System.currentTimeMillis();

    private Reader() {}

    /// Counts `snapshot`, which has been written to this reader, which stood at `seen`.
    void took(Snapshot snapshot, Position seen) {
      add(snapshot, seen);
      long updatedAt = snapshot.updatedAt().toEpochMilli();
      if (updatedAt >= since) {
        timer.accept(System.currentTimeMillis() - updatedAt);
      }
    }

    @Override
    public void close() {
      waiting.decrement();
      readers.leave();
    }
  }

  /// How many readers wait now.
  public long waiting() {
    return waiting.sum();
  }

  /// How many snapshots have been written.
  public long made() {
    return made.sum();
  }

  /// How many versions readers never got, since they were behind.
  public long skipped() {
    return skipped.sum();
  }
}
