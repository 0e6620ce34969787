package pushlab.server.state;

import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A state, one subscriber, and what that subscriber got, in words. The clock stands still until
/// the race moves it.
abstract class Race {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /// The time in which a woken subscriber must have answered. When one has not, the result is
  /// known, and the others are not given as much time.
  private static volatile Duration limit = Await.LIMIT;

  final VersionedState state;
  private final AtomicLong nanoTime = new AtomicLong();
  private final Sweeper sweeper = new Sweeper(nanoTime::get);
  private volatile @Nullable String told;
  private volatile boolean rescued;

  Race() {
    state = new VersionedState("task", "epoch", sweeper);
  }

  /// Reads until it has version `last` or the state is closed.
  final void readUntil(long last) {
    var answers = new StringJoiner(", ");
    long seen = 0;
    while (seen < last && !rescued) {
      try {
        Optional<Snapshot> newer = state.awaitNewer(new Position(null, seen), PATIENCE);
        answers.add(newer.map(snapshot -> "version " + snapshot.version()).orElse("nothing"));
        seen = newer.map(Snapshot::version).orElse(state.isClosed() ? last : seen);
      } catch (InterruptedException e) {
        answers.add("interrupted");
      }
    }
    told = answers.toString();
  }

  final void letTimePass() {
    nanoTime.addAndGet(PATIENCE.multipliedBy(2).toNanos());
    sweeper.sweep();
  }

  /// What the subscriber got, after everything that it waits for has happened.
  final String told() {
    long deadline = System.nanoTime() + limit.toNanos();
    String answers = told;
    while (answers == null) {
      if (System.nanoTime() - deadline > 0) {
        rescued = true;
        limit = Duration.ofMillis(10);
        state.update("rescue");
      }
      Thread.onSpinWait();
      answers = told;
    }
    return rescued ? "lost wake-up" : answers;
  }
}
