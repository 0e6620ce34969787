package pushlab.server.state;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/// The operations that Lincheck runs on a [VersionedState]. It chooses those that never wait;
/// [LinearizabilityTest] chooses the others. The clock stands still until it is moved.
public class StateOperations {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final AtomicLong nanoTime = new AtomicLong();
  private final Sweeper sweeper = new Sweeper(nanoTime::get);
  private final VersionedState state = new VersionedState("task", "epoch", sweeper);

  @Operation
  public long current() {
    return state.current().version();
  }

  @Operation
  public long update() {
    return state.update("x").version();
  }

  @Operation
  public long newerThan(@Param(gen = IntGen.class, conf = "0:3") int seen) throws Exception {
    return awaitNewer(seen, Duration.ZERO);
  }

  public long awaitNewerThan0() throws Exception {
    return awaitNewer(0, PATIENCE);
  }

  public long awaitNewerThan1() throws Exception {
    return awaitNewer(1, PATIENCE);
  }

  public void advanceTo1() {
    advance(1);
  }

  public void advanceTo2() {
    advance(2);
  }

  public void close() {
    state.close();
  }

  public void letTimePass() {
    nanoTime.addAndGet(PATIENCE.multipliedBy(2).toNanos());
    sweeper.sweep();
  }

  private void advance(long version) {
    state.advance(new Snapshot("task", "epoch", version, "x", Instant.EPOCH));
  }

  private long awaitNewer(int seen, Duration atMost) throws InterruptedException {
    return state
        .awaitNewer(new Position(null, seen), atMost)
        .map(Snapshot::version)
        .orElse(SequentialState.NOTHING);
  }
}
