package pushlab.bench.jmh.samples;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What depends on constants alone is computed once, when it is compiled (JMH's sample 10,
/// `ConstantFold`). The right form of [DeadCode] with a constant in it is wrong again.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ConstantFolding {

  private static final double COUNT = 10;
  private static final double SUM = 35;
  private static final double SQUARES = 130;

  private double count = COUNT;
  private double sum = SUM;
  private double squares = SQUARES;

  /// Returns a number that was known before the first call.
  @Benchmark
  public double wrong() {
    return deviation(COUNT, SUM, SQUARES);
  }

  /// Reads its input from fields of a state that are not final.
  @Benchmark
  public double right() {
    return deviation(count, sum, squares);
  }

  private static double deviation(double count, double sum, double squares) {
    double mean = sum / count;
    return Math.sqrt(squares / count - mean * mean);
  }
}
