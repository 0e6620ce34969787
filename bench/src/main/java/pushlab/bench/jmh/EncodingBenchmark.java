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

/// What it costs to encode a snapshot for all transports, once a version, and to share that from
/// then on.
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
    // An accent, as two of the course's four statuses have: what is no ASCII takes another path.
    status = "é".repeat(characters);
    updatedAt = Instant.parse("2026-11-22T10:00:00.123Z");
    shared = next();
  }

  /// Encodes a new version in every form.
  @Benchmark
  public String once() {
    return Wire.text(next());
  }

  /// Takes what was encoded before, as every answer of a version but its first does.
  @Benchmark
  public String shared() {
    return Wire.text(shared);
  }

  private Snapshot next() {
    return new Snapshot("default", "k3f9", 4, status, updatedAt);
  }
}
