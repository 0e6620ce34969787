package pushlab.bench.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pushlab.bench.text.Texts;
import pushlab.report.result.Network;
import pushlab.report.result.NetworkUse.Shaper;
import pushlab.report.text.Phrase;

/// What can shape packets on this machine. Everything is found by trying.
public final class Shapers {

  private static final Path TUN = Path.of("/dev/net/tun");

  /// What [Wirefilter] runs.
  private static final String[] WIREFILTER = {"wirefilter", "vde_plug", "perl"};

  private Shapers() {}

  /// Why this machine can shape no packets, and what it would take: one line. Empty if it can.
  /// Without it a relay in the lab delays and limits streams.
  public static Optional<Phrase> missing() {
    if (!Commands.areInstalled("ip", "unshare", "nsenter")) {
      return Optional.of(Texts.of("network.no-tools"));
    }
    Optional<List<String>> namespace = Namespaces.way();
    if (namespace.isEmpty()) {
      return Optional.of(Texts.of("network.no-namespaces"));
    }
    return choose(namespace.get()).isPresent()
        ? Optional.empty()
        : Optional.of(
            Texts.of(Commands.areInstalled(WIREFILTER) ? "network.no-tun" : "network.no-shaper"));
  }

  /// What a relay does in place of a shaper of packets, and why: one line.
  public static Phrase relayNotice() {
    return Texts.of("network.relay", whyRelay());
  }

  /// Why there is only a relay.
  static Phrase whyRelay() {
    return missing().orElseGet(() -> Texts.of("network.not-inside"));
  }

  /// The best shaper of packets that works, to be called inside a namespace; empty if none does.
  static Optional<Shaper> choose() {
    return choose(List.of("unshare", "--net"));
  }

  private static Optional<Shaper> choose(List<String> namespace) {
    if (hasNetem(namespace)) {
      return Optional.of(Shaper.NETEM);
    }
    return Commands.areInstalled(WIREFILTER) && Files.isWritable(TUN)
        ? Optional.of(Shaper.WIREFILTER)
        : Optional.empty();
  }

  /// A kernel may lack netem, or the program for it.
  private static boolean hasNetem(List<String> namespace) {
    var trial = new ArrayList<>(namespace);
    trial.addAll(
        List.of(Commands.path("tc"), "qdisc", "add", "dev", "lo", "root", "netem", "delay", "1ms"));
    return Commands.areInstalled("tc") && Commands.succeeds(trial);
  }

  /// A new shaper between this namespace and that of the server.
  ///
  /// @throws IOException if it does not start; the message says why
  static PacketShaper start(Shaper shaper, Network network, ServerNamespace server)
      throws IOException {
    return shaper == Shaper.NETEM
        ? Netem.start(network, server)
        : Wirefilter.start(network, server);
  }
}
