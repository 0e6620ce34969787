package pushlab.bench.network;

import pushlab.report.result.Network;

/// How many bytes may wait at a limited rate, in each direction.
final class Queue {

  private static final double LEAST_SECONDS = 0.1;
  private static final double LEAST_BYTES = 20 * PacketShaper.FULL_PACKET;

  private Queue() {}

  /// What the rate carries in a round trip, but at least in 100 ms, and at least 20 full packets:
  /// one TCP connection that halves its window still fills the way (Villamizar and Song, *High
  /// Performance TCP in ANSNET*, 1994).
  static long bytes(Network network, double megabitsPerSecond) {
    double seconds = Math.max(network.roundTripMillis() / 1000, LEAST_SECONDS);
    return Math.round(Math.max(bytesPerSecond(megabitsPerSecond) * seconds, LEAST_BYTES));
  }

  /// The same and what is under way, for a shaper that counts both.
  static long withUnderWay(Network network, double megabitsPerSecond) {
    double oneWay = (network.roundTripMillis() / 2 + network.jitterMillis()) / 1000;
    return bytes(network, megabitsPerSecond)
        + Math.round(bytesPerSecond(megabitsPerSecond) * oneWay);
  }

  static double bytesPerSecond(double megabitsPerSecond) {
    return megabitsPerSecond * 1e6 / 8;
  }
}
