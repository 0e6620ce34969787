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

/// A loop around what is measured measures the loop that the JIT made of it: what does not change
/// is taken out of it, the rest unrolled (JMH's sample 11, `Loops`). JMH has its own loop, that
/// cannot be seen through.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Loops {

  private static final int TIMES = 10_000;

  private Snapshot snapshot = Snapshot.now("default", "epoch", 7, "");
  private Position seen = new Position("epoch", 7);

  /// Ten thousand in less time than ten thousand take: each seems to cost next to nothing.
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

  /// One.
  @Benchmark
  public boolean right() {
    return snapshot.isNewsTo(seen);
  }
}
