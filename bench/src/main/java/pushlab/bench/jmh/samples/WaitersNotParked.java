package pushlab.bench.jmh.samples;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import pushlab.bench.jmh.Herd;
import pushlab.bench.jmh.ways.Way;
import pushlab.server.state.Snapshot;

/// A wake-up of threads that do not wait yet: how long does an update take until the last of a
/// thousand threads has it, if most of them still handle the one before?
///
/// A setup with `Level.Invocation` solves this. It makes JMH time each call by itself (JMH's sample
/// 38, `PerInvokeSetup`), which is little beside the wake-up of a herd, but too much beside 20 ns.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WaitersNotParked {

  private static final int WAITING = 1000;

  /// A herd whose threads may be running.
  @State(Scope.Benchmark)
  public static class Running {
    private final Way state = Way.Kind.VERSIONED_STATE.open();
    final Herd herd = new Herd(state, WAITING);

    Snapshot updateAndWakeUp() throws InterruptedException {
      herd.expectUpdate();
      Snapshot published = state.update("update");
      herd.awaitArrived();
      return published;
    }

    @TearDown
    public void close() throws InterruptedException {
      herd.close();
      state.close();
    }
  }

  /// A herd whose threads are all parked before each update. This time is not measured.
  @State(Scope.Benchmark)
  public static class Parked extends Running {
    @Setup(Level.Invocation)
    public void park() {
      herd.awaitParked();
    }
  }

  /// Some threads have not begun to wait, and take the version without a wake-up.
  @Benchmark
  public Snapshot wrong(Running running) throws InterruptedException {
    return running.updateAndWakeUp();
  }

  /// All threads are woken up.
  @Benchmark
  public Snapshot right(Parked parked) throws InterruptedException {
    return parked.updateAndWakeUp();
  }
}
