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

/// A wake-up that wakes nobody: how long does an update take until the last of a thousand waiters
/// has it, if most of them are not yet back from the one before?
///
/// `Level.Invocation` is the remedy, and JMH's sample 38 (`PerInvokeSetup`) says what it costs:
/// each call is timed by itself. That is nothing beside a herd's wake-up, and too much beside 20
/// ns.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WaitersNotParked {

  private static final int WAITING = 1000;

  /// A herd in whatever state it is.
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

  /// A herd that is parked before each update, while the clock stands still.
  @State(Scope.Benchmark)
  public static class Parked extends Running {
    @Setup(Level.Invocation)
    public void park() {
      herd.awaitParked();
    }
  }

  /// The last ones have just got the version before, and are given this one before they wait.
  @Benchmark
  public Snapshot wrong(Running running) throws InterruptedException {
    return running.updateAndWakeUp();
  }

  /// The wake-up of a herd that sleeps.
  @Benchmark
  public Snapshot right(Parked parked) throws InterruptedException {
    return parked.updateAndWakeUp();
  }
}
