package pushlab.server.state;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One thread that asks a state once.
final class Reader {

  private final FutureTask<Optional<Snapshot>> asking;
  private final Thread thread;

  private Reader(VersionedState state, Position seen, Duration atMost) {
    this.asking = new FutureTask<>(() -> state.awaitNewer(seen, atMost));
    this.thread = Thread.startVirtualThread(asking);
  }

  static Reader asks(VersionedState state, Position seen, Duration atMost) {
    return new Reader(state, seen, atMost);
  }

  /// One that is known to wait by now.
  static Reader waits(VersionedState state, Position seen, Duration atMost) {
    Reader reader = asks(state, seen, atMost);
    Await.parked(reader.thread);
    return reader;
  }

  boolean isAnswered() {
    return asking.isDone();
  }

  /// Whether it waits once it has come to rest: an early wake-up has registered again by then.
  boolean staysWaiting() {
    Await.until(
        "a reader comes to rest",
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
