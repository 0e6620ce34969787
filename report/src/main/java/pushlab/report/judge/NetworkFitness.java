package pushlab.report.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Network;
import pushlab.report.result.NetworkUse;
import pushlab.report.result.Repeat;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// Whether the network of a cell was what its plan asked for. What was not measured of it is not
/// judged.
public final class NetworkFitness {

  /// A round trip may be off by this share, or by [#NEAR_MILLIS] if that is more.
  private static final double NEAR = 0.05;

  private static final double NEAR_MILLIS = 1;

  /// A loss that chance makes this rare, on either side, is not the loss that was asked for.
  private static final double RARE = 0.0005;

  /// From this busy share on, the shaper delays packets by its own work.
  private static final double BUSY = 0.5;

  private NetworkFitness() {}

  /// Why no verdict may rest on `repeats` over `network`; empty when one may.
  ///
  /// @param network null for loopback
  static List<Phrase> unfit(@Nullable Network network, List<Repeat> repeats) {
    var why = new ArrayList<Phrase>();
    if (network != null) {
      uses(repeats)
          .flatMap(use -> Optional.ofNullable(use.roundTripMillis()).stream())
          .filter(millis -> isOff(network, millis))
          .findFirst()
          .ifPresent(
              millis ->
                  why.add(
                      Phrase.of(
                          "fit.round-trip",
                          Phrase.number(millis, Text::millis),
                          Phrase.number(network.roundTripMillis(), Text::millis))));
      uses(repeats)
          .filter(use -> isLossOff(network, use))
          .flatMap(use -> Optional.ofNullable(use.loss()).stream())
          .findFirst()
          .ifPresent(
              loss ->
                  why.add(
                      Phrase.of(
                          "fit.loss",
                          Phrase.number(loss, Text::precisePercent),
                          Phrase.number(network.loss(), Text::precisePercent))));
    }
    return why;
  }

  /// Whether a verdict may rest on what was measured over `network` while it was `use`.
  public static boolean isAsAsked(Network network, NetworkUse use) {
    Double millis = use.roundTripMillis();
    return (millis == null || !isOff(network, millis)) && !isLossOff(network, use);
  }

  /// Why no verdict on a time may rest on `repeats`; empty when one may.
  static Optional<Phrase> untimed(List<Repeat> repeats) {
    return uses(repeats)
        .flatMap(use -> Optional.ofNullable(use.shaperShare()).stream())
        .filter(share -> share > BUSY)
        .max(Double::compare)
        .map(share -> Phrase.of("fit.shaper", Phrase.number(share, Text::percent)));
  }

  private static Stream<NetworkUse> uses(List<Repeat> repeats) {
    return repeats.stream().flatMap(repeat -> Optional.ofNullable(repeat.network()).stream());
  }

  private static boolean isOff(Network asked, double millis) {
    double off = Math.abs(millis - asked.roundTripMillis());
    return off > NEAR_MILLIS && off > NEAR * asked.roundTripMillis();
  }

  private static boolean isLossOff(Network asked, NetworkUse use) {
    Double loss = use.loss();
    Long packets = use.lossPackets();
    if (loss == null || packets == null || packets == 0) {
      return false;
    }
    int lost = (int) Math.round(loss * packets);
    var chance = new BinomialDistribution(null, packets.intValue(), asked.loss());
    return chance.cumulativeProbability(lost) < RARE
        || 1 - chance.cumulativeProbability(lost - 1) < RARE;
  }
}
