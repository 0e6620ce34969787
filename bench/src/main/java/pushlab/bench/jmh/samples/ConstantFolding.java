package pushlab.bench.jmh.samples;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The JIT compiler computes an expression of constants only once (JMH's sample 10,
/// `ConstantFold`). So the right form of [DeadCode] becomes wrong if its input is constant.
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

  /// Returns a number that the compiler has computed.
  @Benchmark
  public double wrong() {
    return deviation(COUNT, SUM, SQUARES);
  }

  /// Reads its input from fields that are not final.
  @Benchmark
  public double right() {
    return deviation(count, sum, squares);
  }

  private static double deviation(double count, double sum, double squares) {
    double mean = sum / count;
    return Math.sqrt(squares / count - mean * mean);
  }
}
