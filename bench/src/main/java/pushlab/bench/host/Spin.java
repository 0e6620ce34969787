package pushlab.bench.host;

import java.util.Arrays;

/// A fixed piece of work: if it takes the same time, the machine is the same. It computes without
/// touching memory, so its time depends only on the core's speed and on other users of the core.
final class Spin {

  private static final int STEPS = 100_000;

  private Spin() {}

  /// How long one takes now, in microseconds.
  static double micros() {
    long start = System.nanoTime();
    long value = start | 1;
    for (int step = 0; step < STEPS; step++) {
      // Marsaglia's xorshift: each step needs the one before.
      value ^= value << 13;
      value ^= value >>> 7;
      value ^= value << 17;
    }
    // It is never 0, which the compiler does not know.
    return value == 0 ? Double.NaN : (System.nanoTime() - start) / 1e3;
  }

  /// The median of several.
  static double median(int times) {
    double[] all = new double[times];
    Arrays.setAll(all, _ -> micros());
    return median(all);
  }

  static double median(double[] all) {
    Arrays.sort(all);
    return all[all.length / 2];
  }
}
