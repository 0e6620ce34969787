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

/// What an update costs each of several writers of one state, who never pause.
///
/// Readers wait for it meanwhile and are not waited for: they miss versions, as those of a server
/// do that is updated faster than it can tell. The time is that of one writer for one update, so
/// twice the writers at twice the time have gained nothing; on fewer cores than writers it holds
/// their turns on the processor too.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open() first.
public class WritersBenchmark {

  /// How many threads wait for whatever comes next.
  @Param({"0", "1000"})
  public int readers;

  private Way state;
  private Herd herd;

  @Setup
  public void open() {
    state = Way.Kind.VERSIONED_STATE.open();
    herd = new Herd(state, readers);
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
