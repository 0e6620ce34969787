package pushlab.bench.jmh;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;
import pushlab.server.state.Sweeper;
import pushlab.server.state.VersionedState;

/// Virtual threads that wait for the next version of one state, as held requests do, and wait again
/// as soon as they have it. Used in turns: [#awaitParked], one update, [#awaitArrived].
final class Herd {

  private static final Duration HOLD = Duration.ofSeconds(25);

  private final Sweeper sweeper = new Sweeper();
  private final VersionedState state = new VersionedState("default", "epoch", sweeper);
  private final List<Thread> threads;
  private volatile CountDownLatch arrived = new CountDownLatch(0);

  Herd(int size) {
    threads = IntStream.range(0, size).mapToObj(_ -> Thread.ofVirtual().start(this::read)).toList();
  }

  VersionedState state() {
    return state;
  }

  /// Returns when all of the herd wait.
  void awaitParked() {
    arrived = new CountDownLatch(threads.size());
    for (Thread thread : threads) {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
  }

  /// Returns when all of the herd hold the version that was published since [#awaitParked].
  void awaitArrived() throws InterruptedException {
    arrived.await();
  }

  private void read() {
    var seen = new Position(state.current().epoch(), 0);
    try {
      while (!state.isClosed()) {
        Optional<Snapshot> newer = state.awaitNewer(seen, HOLD);
        if (newer.isPresent()) {
          seen = new Position(newer.get().epoch(), newer.get().version());
          arrived.countDown();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  void close() throws InterruptedException {
    state.close();
    for (Thread thread : threads) {
      thread.join();
    }
    sweeper.close();
  }
}
