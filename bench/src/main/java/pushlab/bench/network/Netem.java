package pushlab.bench.network;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import pushlab.report.result.Network;

/// The kernel's `netem` (tc-netem(8)) on both ends of a veth pair.
final class Netem implements PacketShaper {

  /// Packets that may wait where no rate limits them.
  private static final long UNLIMITED = 1_000_000;

  private final Network network;
  private final ServerNamespace server;

  private Netem(Network network, ServerNamespace server) {
    this.network = network;
    this.server = server;
  }

  /// Makes the interfaces and shapes them.
  ///
  /// @throws IOException if that fails
  static Netem start(Network network, ServerNamespace server) throws IOException {
    Commands.run(
        List.of("ip", "-batch", "-"),
        "link add %1$s type veth peer name %1$s netns %2$d\n"
            .formatted(NamespaceWay.SHAPED, server.pid()));
    var shaper = new Netem(network, server);
    // A packet that the kernel cuts into several only later would be delayed and lost as one.
    shaper.both("ip", List.of("link set %s gso_max_segs 1".formatted(NamespaceWay.SHAPED)));
    shaper.both("tc", commands("add", network, network.loss()));
    return shaper;
  }

  /// The lines for `tc` that shape one end.
  static List<String> commands(String verb, Network network, double loss) {
    var line =
        new StringBuilder("qdisc ")
            .append(verb)
            .append(" dev ")
            .append(NamespaceWay.SHAPED)
            .append(" root handle 1: netem limit ")
            .append(limit(network))
            .append(" delay ")
            .append(number(network.roundTripMillis() / 2))
            .append("ms");
    if (network.jitterMillis() > 0) {
      line.append(' ').append(number(network.jitterMillis())).append("ms");
    }
    if (loss > 0) {
      line.append(" loss ").append(number(loss * 100)).append('%');
    }
    Double megabits = network.megabitsPerSecond();
    if (megabits != null) {
      line.append(" rate ").append(Math.round(megabits * 1e6)).append("bit");
    }
    var lines = new ArrayList<>(List.of(line.toString()));
    if (network.jitterMillis() > 0 && verb.equals("add")) {
      // Keeps the order of packets.
      lines.add(
          "qdisc add dev %s parent 1:1 pfifo limit %d"
              .formatted(NamespaceWay.SHAPED, limit(network)));
    }
    return lines;
  }

  private static long limit(Network network) {
    Double megabits = network.megabitsPerSecond();
    return megabits == null
        ? UNLIMITED
        : Math.ceilDiv(Queue.withUnderWay(network, megabits), FULL_PACKET);
  }

  private static String number(double value) {
    return "%.6f".formatted(value);
  }

  private void both(String program, List<String> lines) throws IOException {
    List<String> command = List.of(program, "-batch", "-");
    Commands.run(command, String.join("\n", lines));
    server.run(command, lines);
  }

  @Override
  public void cut() throws IOException {
    both("tc", commands("change", network, 1));
  }

  @Override
  public void restore() throws IOException {
    both("tc", commands("change", network, network.loss()));
  }

  @Override
  public List<ProcessHandle> processes() {
    return List.of();
  }

  @Override
  public void close() {
    try {
      Commands.run(List.of("ip", "link", "delete", NamespaceWay.SHAPED), "");
    } catch (IOException _) {
      // It ends with its namespaces.
    }
  }
}
