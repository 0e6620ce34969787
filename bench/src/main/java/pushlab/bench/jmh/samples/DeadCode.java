package pushlab.bench.jmh.samples;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A result that nobody takes need not be computed, and the JIT does not compute it (JMH's sample
/// 08, `DeadCode`).
///
/// What is measured here: the standard deviation of some numbers that were added up before.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DeadCode {

  private double count = 10;
  private double sum = 35;
  private double squares = 130;

  /// Nothing at all, to compare with.
  @Benchmark
  public void nothing() {}

  /// Takes as long as [#nothing].
  @Benchmark
  public void wrong() {
    deviation(count, sum, squares);
  }

  /// JMH takes what a benchmark returns, so it must be computed. What cannot be returned, a
  /// `Blackhole` takes.
  @Benchmark
  public double right() {
    return deviation(count, sum, squares);
  }

  private static double deviation(double count, double sum, double squares) {
    double mean = sum / count;
    return Math.sqrt(squares / count - mean * mean);
  }
}
