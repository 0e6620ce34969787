package pushlab.report.stat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// The values of a statistic for other samples that could have been drawn: the percentile
/// bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap, chapter 13), with a cell's
/// repeats as the sample (Kalibera and Jones, Rigorous Benchmarking in Reasonable Time). Up to
/// five repeats, it tries each resample once. From more, it draws 10,000 with a fixed seed, so
/// that the same run always gives the same report.
final class Bootstrap {

  private static final int MOST = 10_000;
  private static final double TAIL = 0.025;

  private final double[] values;

  private Bootstrap(double[] values) {
    this.values = values;
  }

  /// The statistic of each resample of `sample`, which must not be empty.
  static <T> Bootstrap of(List<T> sample, ToDoubleFunction<List<T>> statistic) {
    int size = sample.size();
    double ways = Math.pow(size, size);
    var random = new Random(1);
    var values = new double[(int) Math.min(ways, MOST)];
    for (int way = 0; way < values.length; way++) {
      var drawn = new ArrayList<T>(size);
      for (int i = 0, rest = way; i < size; i++, rest /= size) {
        drawn.add(sample.get(ways <= MOST ? rest % size : random.nextInt(size)));
      }
      values[way] = statistic.applyAsDouble(drawn);
    }
    return new Bootstrap(values);
  }

  /// A statistic of this sample and another one that was drawn independently.
  Bootstrap with(Bootstrap other, DoubleBinaryOperator statistic) {
    long pairs = (long) values.length * other.values.length;
    var random = new Random(1);
    var both = new double[(int) Math.min(pairs, MOST)];
    for (int pair = 0; pair < both.length; pair++) {
      int one = pairs <= MOST ? pair % values.length : random.nextInt(values.length);
      int two = pairs <= MOST ? pair / values.length : random.nextInt(other.values.length);
      both[pair] = statistic.applyAsDouble(values[one], other.values[two]);
    }
    return new Bootstrap(both);
  }

  /// The middle 95 % of the values; null if there is only one resample, or if the statistic of a
  /// resample is not finite.
  @Nullable Interval interval() {
    if (values.length == 1 || !Arrays.stream(values).allMatch(Double::isFinite)) {
      return null;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Interval(sorted[rank(TAIL, sorted.length)], sorted[rank(1 - TAIL, sorted.length)]);
  }

  private static int rank(double share, int of) {
    return (int) Math.ceil(share * of) - 1;
  }
}
