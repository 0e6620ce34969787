package pushlab.bench.jmh.ways;

import java.time.Duration;
import java.util.Optional;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;
import pushlab.server.state.StateStore;
import pushlab.server.state.Sweeper;
import pushlab.server.state.Tasks;
import pushlab.server.state.VersionedState;

/// The server's own way: [VersionedState] itself.
///
/// A wait is one push on a stack; an update takes all stacks and unparks the threads in them.
/// Neither an update nor a time-out searches for a waiter, and a wait has no timer of its own. In
/// return, a time-out may be up to 0.2 s late.
final class TimingWheel implements Way {

  private final Sweeper sweeper = new Sweeper();
  private final VersionedState state =
      new VersionedState(Tasks.DEFAULT, StateStore.newEpoch(), sweeper);

  @Override
  public Snapshot current() {
    return state.current();
  }

  @Override
  public Snapshot update(String status) {
    return state.update(status);
  }

  @Override
  public Optional<Snapshot> awaitNewer(Position seen, Duration atMost) throws InterruptedException {
    return state.awaitNewer(seen, atMost);
  }

  @Override
  public Thread.State waiting() {
    return Thread.State.WAITING;
  }

  @Override
  public void close() {
    sweeper.close();
  }
}
