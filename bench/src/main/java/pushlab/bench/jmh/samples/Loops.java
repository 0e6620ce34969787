package pushlab.bench.jmh.samples;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import pushlab.server.state.Position;
import pushlab.server.state.Snapshot;

/// A loop in a benchmark measures what the JIT compiler has made of the loop: it moves invariant
/// code out and unrolls the rest (JMH's sample 11, `Loops`). JMH's own loop prevents that.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Loops {

  private static final int TIMES = 10_000;

  private Snapshot snapshot = Snapshot.now("default", "epoch", 7, "");
  private Position seen = new Position("epoch", 7);

  /// Ten thousand calls in an optimized loop: each seems to cost almost nothing.
  @Benchmark
  @OperationsPerInvocation(TIMES)
  public int wrong() {
    int news = 0;
    for (int i = 0; i < TIMES; i++) {
      if (snapshot.isNewsTo(seen)) {
        news++;
      }
    }
    return news;
  }

  /// One call.
  @Benchmark
  public boolean right() {
    return snapshot.isNewsTo(seen);
  }
}
