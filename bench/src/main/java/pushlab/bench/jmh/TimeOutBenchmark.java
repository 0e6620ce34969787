package pushlab.bench.jmh;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import pushlab.bench.jmh.ways.Way;
import pushlab.server.state.Position;

/// What it costs when a herd is told nothing: many threads begin to wait, and all of their waits
/// end by time.
///
/// The score is mostly the patience itself, 100 ms, and says little; [CpuProfiler]'s `cpu.norm`,
/// the CPU that the process used for it, is what the ways are compared by. [#sleep] is the
/// baseline: the same threads with the same timers, and nothing to wait for.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TimeOutBenchmark {

  private static final Duration PATIENCE = Duration.ofMillis(100);

  /// How many there are.
  @State(Scope.Benchmark)
  public static class Waiters {

    /// How many threads wait.
    @Param({"100", "1000", "10000"})
    public int waiting;

    void each(Callable<?> wait) throws InterruptedException {
      var threads =
          IntStream.range(0, waiting).mapToObj(_ -> Thread.ofVirtual().start(run(wait))).toList();
      for (Thread thread : threads) {
        thread.join();
      }
    }

    private static Runnable run(Callable<?> wait) {
      return () -> {
        try {
          wait.call();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      };
    }
  }

  /// A state that nobody updates.
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH calls open() first.
  public static class Quiet {

    @Param public Way.Kind way;

    private Way state;
    private Position seen;

    @Setup
    public void open() {
      state = way.open();
      seen = new Position(state.current().epoch(), 0);
    }

    @TearDown
    public void close() {
      state.close();
    }
  }

  /// All of them wait for an update that does not come.
  @Benchmark
  public void timeOut(Waiters waiters, Quiet quiet) throws InterruptedException {
    waiters.each(() -> quiet.state.awaitNewer(quiet.seen, PATIENCE));
  }

  /// All of them sleep.
  @Benchmark
  public void sleep(Waiters waiters) throws InterruptedException {
    waiters.each(
        () -> {
          Thread.sleep(PATIENCE);
          return PATIENCE;
        });
  }
}
