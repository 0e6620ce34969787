package pushlab.server.state;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One thread that asks a state once.
final class Subscriber {

  private final FutureTask<Optional<Snapshot>> asking;
  private final Thread thread;

  private Subscriber(VersionedState state, Position seen, Duration atMost) {
    this.asking = new FutureTask<>(() -> state.awaitNewer(seen, atMost));
    this.thread = Thread.startVirtualThread(asking);
  }

  static Subscriber asks(VersionedState state, Position seen, Duration atMost) {
    return new Subscriber(state, seen, atMost);
  }

  /// A subscriber that waits when this method returns.
  static Subscriber waits(VersionedState state, Position seen, Duration atMost) {
    Subscriber subscriber = asks(state, seen, atMost);
    Await.parked(subscriber.thread);
    return subscriber;
  }

  boolean isAnswered() {
    return asking.isDone();
  }

  /// Whether it waits once it has come to rest. After an early wake-up it has registered again by
  /// then.
  boolean staysWaiting() {
    Await.until(
        "a subscriber comes to rest",
        () -> asking.isDone() || thread.getState() == Thread.State.WAITING);
    return !asking.isDone();
  }

  Thread thread() {
    return thread;
  }

  void interrupt() {
    thread.interrupt();
  }

  Optional<Snapshot> answer() throws InterruptedException, ExecutionException, TimeoutException {
    return asking.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}
