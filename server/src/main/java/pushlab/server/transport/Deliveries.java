package pushlab.server.transport;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;

/// What one transport has delivered, and its subscribers that wait now. Thread-safe.
public final class Deliveries {

  private final Subscribers subscribers;
  private final LongConsumer timer;
  private final LongAdder waiting = new LongAdder();
  private final LongAdder made = new LongAdder();
  private final LongAdder skipped = new LongAdder();

  /// The deliveries of a transport that shares `subscribers` with the other transports.
  ///
  /// @param timer is given, for each subscriber that waited when an update was made, the
  ///     milliseconds from the update until it was written
  public Deliveries(Subscribers subscribers, LongConsumer timer) {
    this.subscribers = subscribers;
    this.timer = timer;
  }

  /// Admits a subscriber, which waits until the returned object is closed.
  ///
  /// @throws Problem 503 with `Retry-After` if the limit is reached
  Subscriber admit() {
    subscribers.enter();
    waiting.increment();
    return new Subscriber();
  }

  /// Counts `snapshot`, which was written to a subscriber at `seen`.
  void add(Snapshot snapshot, Position seen) {
    made.increment();
    // Inside the condition neither version is negative, so the difference fits a long.
    if (seen.version() >= 0 && (seen.epoch() == null || seen.epoch().equals(snapshot.epoch()))) {
      skipped.add(Math.max(0, snapshot.version() - seen.version() - 1));
    }
  }

  /// A subscriber that waits for newer versions. To be closed once.
  final class Subscriber implements AutoCloseable {

    private final long since = System.currentTimeMillis();
    private boolean kept;

    private Subscriber() {}

    /// Counts `snapshot`, which was written to this subscriber at `seen`.
    void took(Snapshot snapshot, Position seen) {
      add(snapshot, seen);
      long updatedAt = snapshot.updatedAt().toEpochMilli();
      if (updatedAt >= since) {
        timer.accept(System.currentTimeMillis() - updatedAt);
      }
    }

    /// Whether this subscriber is to wait as data if it can.
    boolean waitsAsData() {
      return subscribers.waitAsData();
    }

    /// Lets the next [#close] do nothing, since this subscriber goes on waiting elsewhere.
    void keep() {
      kept = true;
    }

    @Override
    public void close() {
      if (kept) {
        kept = false;
        return;
      }
      waiting.decrement();
      subscribers.leave();
    }
  }

  /// How many subscribers wait now.
  public long waiting() {
    return waiting.sum();
  }

  /// How many snapshots have been written.
  public long made() {
    return made.sum();
  }

  /// How many versions subscribers never got, because they were behind.
  public long skipped() {
    return skipped.sum();
  }
}
