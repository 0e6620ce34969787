package pushlab.bench.jmh;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;
import pushlab.server.state.Sweeper;
import pushlab.server.state.VersionedState;

/// The cost of a request that the state answers at once: a short poll, or a long poll with an older
/// version.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class VersionedStateBenchmark {

  private final Sweeper sweeper = new Sweeper();
  private final VersionedState state = new VersionedState("default", "epoch", sweeper);
  // Not final: the JIT compiler would compute constants only once.
  private Position behind = Position.NOTHING;
  private Position upToDate = new Position("epoch", 0);
  private Duration patience = Duration.ofSeconds(25);
  private Duration none = Duration.ZERO;

  /// Reads the current snapshot.
  @Benchmark
  public Snapshot current() {
    return state.current();
  }

  /// Asks with an older version, which is answered at once.
  @Benchmark
  public Optional<Snapshot> awaitNewerFromBehind() throws InterruptedException {
    return state.awaitNewer(behind, patience);
  }

  /// Asks with the current version and a time-out of zero, which is answered at once.
  @Benchmark
  public Optional<Snapshot> awaitNewerWithoutPatience() throws InterruptedException {
    return state.awaitNewer(upToDate, none);
  }

  @TearDown
  public void close() {
    sweeper.close();
  }
}
