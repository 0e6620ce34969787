package pushlab.bench.jmh;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import pushlab.bench.jmh.ways.Way;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;

/// Virtual threads that wait for the next version of one state, as held requests do, and wait again
/// as soon as they have it. To be used in this order: [#awaitParked], [#expectUpdate], one update,
/// [#awaitArrived].
public final class Herd {

  private static final Duration HOLD = Duration.ofSeconds(25);

  private final Way state;
  private final List<Thread> threads;
  private volatile CountDownLatch arrived = new CountDownLatch(0);

  /// A herd that starts to wait.
  ///
  /// @param state the caller closes it
  public Herd(Way state, int size) {
    this.state = state;
    threads =
        IntStream.range(0, size).mapToObj(_ -> Thread.ofVirtual().start(this::subscribe)).toList();
  }

  /// Makes [#awaitArrived] wait for the next update.
  public void expectUpdate() {
    arrived = new CountDownLatch(threads.size());
  }

  /// Returns when all threads of the herd wait.
  public void awaitParked() {
    for (Thread thread : threads) {
      while (thread.getState() != state.waiting()) {
        Thread.onSpinWait();
      }
    }
  }

  /// Returns when all threads have received the update after [#expectUpdate].
  public void awaitArrived() throws InterruptedException {
    arrived.await();
  }

  private void subscribe() {
    var seen = new Position(state.current().epoch(), 0);
    try {
      while (true) {
        Optional<Snapshot> newer = state.awaitNewer(seen, HOLD);
        if (newer.isPresent()) {
          seen = new Position(newer.get().epoch(), newer.get().version());
          arrived.countDown();
        }
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  /// Ends all threads.
  public void close() throws InterruptedException {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
