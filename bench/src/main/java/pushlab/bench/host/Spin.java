package pushlab.bench.host;

import java.util.Arrays;

/// A fixed piece of work. If it takes longer, the machine has become slower. It uses no memory, so
/// its time depends only on the core's speed and on other users of the core.
final class Spin {

  private static final int STEPS = 100_000;

  private Spin() {}

  /// How long the work takes now, in microseconds.
  static double micros() {
    long start = System.nanoTime();
    long value = start | 1;
    for (int step = 0; step < STEPS; step++) {
      // Marsaglia's xorshift: each step needs the one before.
      value ^= value << 13;
      value ^= value >>> 7;
      value ^= value << 17;
    }
    // It is never 0, but the compiler does not know that and must compute it.
    return value == 0 ? Double.NaN : (System.nanoTime() - start) / 1e3;
  }

  /// The median of `times` measurements, in microseconds.
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
