package pushlab.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import pushlab.bench.jmh.ways.Way;
import pushlab.server.state.Snapshot;

/// The cost of an update for each of several writers that update one state without a pause.
///
/// Subscribers wait for updates at the same time and skip versions, as they do on a server that is
/// updated faster than it can deliver. The time is that of one writer for one update: twice the
/// writers at twice the time is no gain. With fewer cores than writers, it includes the time that a
/// writer waits for a core.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open() first.
public class WritersBenchmark {

  /// How many threads wait for the next version.
  @Param({"0", "1000"})
  public int waiting;

  private Way state;
  private Herd herd;

  @Setup
  public void open() {
    state = Way.Kind.VERSIONED_STATE.open();
    herd = new Herd(state, waiting);
  }

  @Benchmark
  public Snapshot one() {
    return state.update("update");
  }

  @Benchmark
  @Threads(2)
  public Snapshot two() {
    return state.update("update");
  }

  @Benchmark
  @Threads(4)
  public Snapshot four() {
    return state.update("update");
  }

  @Benchmark
  @Threads(8)
  public Snapshot eight() {
    return state.update("update");
  }

  @TearDown
  public void close() throws InterruptedException {
    herd.close();
    state.close();
  }
}
