package pushlab.bench.jmh.samples;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import pushlab.server.state.Snapshot;
import pushlab.server.state.Sweeper;
import pushlab.server.state.VersionedState;

/// Eight writers without contention: with `Scope.Thread` each has its own state, so updates seem to
/// scale (JMH's sample 03, `States`). The annotation is the only difference.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Threads(8)
public class StateNotShared {

  /// One state for each thread.
  @State(Scope.Thread)
  public static class Own extends Updated {}

  /// One state for all threads.
  @State(Scope.Benchmark)
  public static class Shared extends Updated {}

  /// The state and its update.
  public abstract static class Updated {
    private final Sweeper sweeper = new Sweeper();
    private final VersionedState state = new VersionedState("default", "epoch", sweeper);

    Snapshot update() {
      return state.update("update");
    }

    @TearDown
    public void close() {
      sweeper.close();
    }
  }

  @Benchmark
  public Snapshot wrong(Own own) {
    return own.update();
  }

  @Benchmark
  public Snapshot right(Shared shared) {
    return shared.update();
  }
}
