package pushlab.bench;

import static java.util.Comparator.comparing;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import pushlab.bench.network.Networks;
import pushlab.bench.network.ShapedWay;
import pushlab.bench.network.Shapers;
import pushlab.bench.text.Texts;
import pushlab.report.result.Network;
import pushlab.report.result.NetworkUse.Shaper;
import pushlab.report.text.Language;

/// The option that chooses what lies between the server and its subscribers.
final class NetworkOption {

  /// The model rests on the first network of a plan.
  private static final Comparator<Network> LOOPBACK_FIRST =
      comparing(network -> !network.isLoopback());

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description =
          "What lies between our server and its clients, for example loopback,4g: some of"
              + " loopback, lan, wifi, 4g, 3g and satellite, or values of your own, such as"
              + " rtt=80ms,loss=1%%,rate=5mbit,jitter=10ms. Everything is measured over each of"
              + " them. Can be given several times (default: loopback, where nothing is shaped).")
  private List<String> given = List.of();

  /// Whether it was given.
  boolean isGiven() {
    return !given.isEmpty();
  }

  /// Finds out before anything is measured whether each of `networks` can be made. Says so if only
  /// streams can be shaped.
  ///
  /// @throws IOException if one of them cannot; the message says why
  static void tryOut(List<Network> networks, Language language) throws IOException {
    boolean relayed = false;
    for (Network network : networks) {
      if (!network.isLoopback()) {
        try (ShapedWay way = ShapedWay.open(network)) {
          relayed |= way.shaper() == Shaper.RELAY;
        }
      }
    }
    if (relayed) {
      System.err.println(Texts.of("error", Shapers.relayNotice()).in(language));
    }
  }

  /// The given networks, loopback first; empty for loopback only.
  ///
  /// @throws ParameterException if one of them is unknown or impossible
  List<Network> networks() {
    try {
      List<Network> networks = Networks.list(given).stream().sorted(LOOPBACK_FIRST).toList();
      return networks.equals(List.of(Network.LOOPBACK)) ? List.of() : networks;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--network: " + e.getMessage());
    }
  }
}
