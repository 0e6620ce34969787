package pushlab.bench.jmh.samples;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The JIT compiler does not compute a result that is not used (JMH's sample 08, `DeadCode`).
///
/// The benchmarks compute the standard deviation of some numbers from their sums.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DeadCode {

  private double count = 10;
  private double sum = 35;
  private double squares = 130;

  /// An empty benchmark, to compare with.
  @Benchmark
  public void nothing() {}

  /// Takes as long as [#nothing].
  @Benchmark
  public void wrong() {
    deviation(count, sum, squares);
  }

  /// JMH uses what a benchmark returns, so it must be computed. A `Blackhole` uses what cannot be
  /// returned.
  @Benchmark
  public double right() {
    return deviation(count, sum, squares);
  }

  private static double deviation(double count, double sum, double squares) {
    double mean = sum / count;
    return Math.sqrt(squares / count - mean * mean);
  }
}
