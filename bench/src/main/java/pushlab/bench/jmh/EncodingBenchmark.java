package pushlab.bench.jmh;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import pushlab.server.state.Snapshot;
import pushlab.server.transport.Wire;

/// The cost of encoding a snapshot for all transports, once for each version, and of sharing the
/// result.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls make() first.
public class EncodingBenchmark {

  /// How long the status is; 256 is the longest.
  @Param({"8", "256"})
  public int characters;

  private String status;
  private Instant updatedAt;
  private Snapshot shared;

  @Setup
  public void make() {
    // With accents, as two of the course's four statuses have: other characters than ASCII take
    // another code path.
    status = "é".repeat(characters);
    updatedAt = Instant.parse("2026-11-22T10:00:00.123Z");
    shared = next();
  }

  /// Encodes a new version.
  @Benchmark
  public String once() {
    return Wire.text(next());
  }

  /// Uses the encoded form again, as each answer after the first of a version does.
  @Benchmark
  public String shared() {
    return Wire.text(shared);
  }

  private Snapshot next() {
    return new Snapshot("default", "k3f9", 4, status, updatedAt);
  }
}
