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

/// The cost of a time-out: many threads begin to wait, no update comes, and all of their waits end.
///
/// The score is mostly the time-out itself, 100 ms. To compare the ways to wait, use the `cpu.norm`
/// of [CpuProfiler]. [#sleep] is the baseline: the same threads with the same timers, but without a
/// state.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TimeOutBenchmark {

  private static final Duration PATIENCE = Duration.ofMillis(100);

  /// The threads that wait.
  @State(Scope.Benchmark)
  public static class WaitingThreads {

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

  /// A state without updates.
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

  /// All threads wait for an update that does not come.
  @Benchmark
  public void timeOut(WaitingThreads threads, Quiet quiet) throws InterruptedException {
    threads.each(() -> quiet.state.awaitNewer(quiet.seen, PATIENCE));
  }

  /// All threads sleep.
  @Benchmark
  public void sleep(WaitingThreads threads) throws InterruptedException {
    threads.each(
        () -> {
          Thread.sleep(PATIENCE);
          return PATIENCE;
        });
  }
}
