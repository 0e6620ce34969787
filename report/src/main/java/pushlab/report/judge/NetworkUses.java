package pushlab.report.judge;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.NetworkUse;
import pushlab.report.result.Repeat;

/// What the network of a cell was and did in all its repeats together.
final class NetworkUses {

  private NetworkUses() {}

  /// Counts are sums; the loss is that of all packets that were counted for it; the round trip is
  /// the mean, and the share of the shaper the highest. Null if no repeat has a network; a value is
  /// null if a repeat does not know it.
  static @Nullable NetworkUse sum(List<Repeat> repeats) {
    List<NetworkUse> all =
        repeats.stream().flatMap(repeat -> Optional.ofNullable(repeat.network()).stream()).toList();
    if (all.isEmpty()) {
      return null;
    }
    Double trips = of(all, NetworkUse::roundTripMillis, Double::sum);
    Long packets = of(all, NetworkUse::lossPackets, Long::sum);
    Double lost = of(all, NetworkUses::lost, Double::sum);
    return new NetworkUse(
        all.getFirst().shaper(),
        trips == null ? null : Double.valueOf(trips / all.size()),
        lost == null || packets == null || packets == 0 ? null : Double.valueOf(lost / packets),
        packets,
        of(all, NetworkUse::packetsOut, Long::sum),
        of(all, NetworkUse::packetsIn, Long::sum),
        of(all, NetworkUse::bytesOut, Long::sum),
        of(all, NetworkUse::bytesIn, Long::sum),
        of(all, NetworkUse::retransmittedOut, Long::sum),
        of(all, NetworkUse::retransmittedIn, Long::sum),
        of(all, NetworkUse::shaperCpuMicros, Long::sum),
        of(all, NetworkUse::shaperShare, Double::max));
  }

  private static @Nullable Double lost(NetworkUse use) {
    return use.loss() == null || use.lossPackets() == null
        ? null
        : Double.valueOf(use.loss() * use.lossPackets());
  }

  private static <N> @Nullable N of(
      List<NetworkUse> all, Function<NetworkUse, @Nullable N> part, BinaryOperator<N> with) {
    N sum = null;
    for (NetworkUse use : all) {
      N value = part.apply(use);
      if (value == null) {
        return null;
      }
      sum = sum == null ? value : with.apply(sum, value);
    }
    return sum;
  }
}
