package pushlab.server.state;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A wait for a newer snapshot, as data: what [VersionedState#awaitNewer] does, without a thread
/// that is parked meanwhile.
///
/// The owner asks [#isOver]. While the answer is no, the owner is told once when it may have
/// changed, and asks again. All methods are for one thread at a time.
public final class Hold {

  private final VersionedState state;
  private final Waiters waiters;
  private final Position seen;
  private final boolean isAhead;
  private final long deadline;
  private final Runnable woken;
  private Waiters.@Nullable Waiter waiter;
  private @Nullable Snapshot newer;

  Hold(
      VersionedState state,
      Waiters waiters,
      Position seen,
      boolean isAhead,
      long deadline,
      Runnable woken) {
    this.state = state;
    this.waiters = waiters;
    this.seen = seen;
    this.isAhead = isAhead;
    this.deadline = deadline;
    this.woken = woken;
  }

  /// Whether there is a newer snapshot, the time has passed, or the state is closed. If not,
  /// `woken` runs later in another thread, once, and the owner asks again.
  public boolean isOver() {
    if (isWaiting()) {
      return false;
    }
    if (look()) {
      return true;
    }
    // Register first, then look again: an update between the two is never missed.
    waiter = waiters.register(deadline, woken);
    if (look()) {
      leave();
      return true;
    }
    return false;
  }

  /// Whether `woken` will run.
  boolean isWaiting() {
    return waiter != null && waiter.isWaiting();
  }

  /// The newer snapshot, once this is over; empty if there was none in time.
  public Optional<Snapshot> newer() {
    return Optional.ofNullable(newer);
  }

  /// Ends the wait early. `woken` may run at this moment all the same.
  public void leave() {
    if (waiter != null) {
      waiter.leave();
    }
  }

  /// The time is checked first, so an update just before the end of the wait is not missed.
  private boolean look() {
    boolean ended = state.isClosed() || waiters.nanoTime() - deadline >= 0;
    Snapshot now = state.current();
    if (isAhead ? now.version() > seen.version() : now.isNewsTo(seen)) {
      newer = now;
      return true;
    }
    return ended;
  }
}
