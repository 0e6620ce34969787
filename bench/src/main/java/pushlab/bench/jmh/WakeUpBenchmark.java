package pushlab.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import pushlab.bench.jmh.ways.Way;
import pushlab.server.state.Snapshot;

/// The cost of an update while a herd waits for it, for each way to wait.
///
/// Before each update, the harness waits until all threads of the herd are parked. This time is not
/// measured, but its allocation and CPU time are, because profilers measure whole iterations. It
/// also makes JMH time each update by itself, which adds about 50 ns: this matters for updates
/// without waiters. [pushlab.bench.jmh.samples.WaitersNotParked] shows the numbers without it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open() first.
public class WakeUpBenchmark {

  @Param public Way.Kind way;

  /// How many threads wait for the next version.
  @Param({"0", "1", "100", "1000", "10000"})
  public int waiting;

  private Way state;
  private Herd herd;

  @Setup
  public void open() {
    state = way.open();
    herd = new Herd(state, waiting);
  }

  @Setup(Level.Invocation)
  public void park() {
    herd.awaitParked();
    herd.expectUpdate();
  }

  /// Publishes one update, and does not wait for the herd.
  @Benchmark
  public Snapshot update() {
    return state.update("update");
  }

  /// Publishes one update, and waits until the last thread of the herd has it.
  @Benchmark
  public Snapshot updateAndWakeUp() throws InterruptedException {
    Snapshot published = state.update("update");
    herd.awaitArrived();
    return published;
  }

  @TearDown(Level.Invocation)
  public void settle() throws InterruptedException {
    herd.awaitArrived();
  }

  @TearDown
  public void close() throws InterruptedException {
    herd.close();
    state.close();
  }
}
