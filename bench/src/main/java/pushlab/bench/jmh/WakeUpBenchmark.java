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
import pushlab.server.state.Snapshot;
import pushlab.server.state.Sweeper;
import pushlab.server.state.VersionedState;

/// What the state machine costs without any socket: to read it, to update it while nobody or a herd
/// waits, and to wake that herd.
///
/// Before each update the harness makes sure that all of the herd are parked; that time is not
/// measured. It makes JMH time each update by itself, which adds some 50 ns: read the updates with
/// nobody waiting with that in mind.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class VersionedStateBenchmark {

  /// A state that nobody updates.
  @State(Scope.Benchmark)
  public static class Quiet {
    private final Sweeper sweeper = new Sweeper();
    private final VersionedState state = new VersionedState("default", "epoch", sweeper);

    @TearDown
    public void close() {
      sweeper.close();
    }
  }

  /// A state that virtual threads wait in.
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH calls open() first.
  public static class Awaited {

    /// How many threads wait for the next version.
    @Param({"0", "1", "100", "1000", "10000"})
    public int waiting;

    private Herd herd;

    @Setup
    public void open() {
      herd = new Herd(waiting);
    }

    @Setup(Level.Invocation)
    public void park() {
      herd.awaitParked();
    }

    @TearDown(Level.Invocation)
    public void settle() throws InterruptedException {
      herd.awaitArrived();
    }

    @TearDown
    public void close() throws InterruptedException {
      herd.close();
    }
  }

  /// Reads the current snapshot.
  @Benchmark
  public Snapshot current(Quiet quiet) {
    return quiet.state.current();
  }

  /// Publishes one update: until the publisher can go on, not until the herd has it.
  @Benchmark
  public Snapshot update(Awaited awaited) {
    return awaited.herd.state().update("update");
  }

  /// Publishes one update, until the last of the herd holds the new snapshot.
  @Benchmark
  public Snapshot updateAndWakeUp(Awaited awaited) throws InterruptedException {
    Snapshot published = awaited.herd.state().update("update");
    awaited.herd.awaitArrived();
    return published;
  }
}
