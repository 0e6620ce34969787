package pushlab.bench.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import pushlab.report.result.Network;
import pushlab.report.result.NetworkUse.Shaper;

/// A network of packets: the server is in a namespace of its own. Two ways lead there from this
/// one: a shaped one for the subscribers, and one without delay or loss for the publisher.
final class NamespaceWay implements ShapedWay {

  /// The interface of the shaped way, at both ends.
  static final String SHAPED = "shaped";

  private static final String PLAIN = "plain";

  /// Nothing else is in these namespaces, so any addresses will do.
  private static final String SUBSCRIBERS = "10.9.0.1";

  private static final String SERVER = "10.9.0.2";
  private static final String PUBLISHER = "10.9.1.1";
  private static final String SERVER_OF_PUBLISHER = "10.9.1.2";

  /// This process is in the namespace of the subscribers, all its threads too.
  private static final Path HERE = Path.of("/proc/self/net");

  private final Network network;
  private final Shaper shaper;
  private final ServerNamespace server;
  private final PacketShaper packets;

  private NamespaceWay(
      Network network, Shaper shaper, ServerNamespace server, PacketShaper packets) {
    this.network = network;
    this.shaper = shaper;
    this.server = server;
    this.packets = packets;
  }

  static NamespaceWay open(Network network, Shaper shaper) throws IOException {
    ServerNamespace server = ServerNamespace.make();
    try {
      PacketShaper packets = Shapers.start(shaper, network, server);
      var way = new NamespaceWay(network, shaper, server, packets);
      try {
        way.setUp();
        return way;
      } catch (IOException e) {
        packets.close();
        throw e;
      }
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private void setUp() throws IOException {
    ip(
        List.of(
            "link add %1$s type veth peer name %1$s netns %2$d".formatted(PLAIN, server.pid()),
            "address add %s/24 dev %s".formatted(PUBLISHER, PLAIN),
            "link set %s up".formatted(PLAIN)));
    server.ip(
        List.of(
            "address add %s/24 dev %s".formatted(SERVER_OF_PUBLISHER, PLAIN),
            "link set %s up".formatted(PLAIN)));
    ip(end(SUBSCRIBERS, SERVER));
    server.ip(end(SERVER, SUBSCRIBERS));
  }

  /// One end of the shaped way. Both know each other's address on the link, because a host far
  /// away is not asked for it, and because it would take a round trip. A route that names its
  /// congestion control needs no system-wide one. Only packets of the measurement pass: none of
  /// IPv6.
  private static List<String> end(String own, String other) {
    var lines = new ArrayList<>(List.of("link set %s address %s".formatted(SHAPED, link(own))));
    if (Files.exists(HERE.resolve("if_inet6"))) {
      lines.add("link set %s addrgenmode none".formatted(SHAPED));
    }
    lines.addAll(
        List.of(
            "address add %s/24 dev %s".formatted(own, SHAPED),
            "link set %s up".formatted(SHAPED),
            "neighbour replace %s lladdr %s dev %s nud permanent"
                .formatted(other, link(other), SHAPED),
            "route replace %s dev %s src %s congctl cubic".formatted(other, SHAPED, own)));
    return lines;
  }

  private static String link(String address) {
    return "02:00:00:00:00:0" + address.substring(address.length() - 1);
  }

  private static void ip(List<String> lines) throws IOException {
    Commands.run(List.of("ip", "-batch", "-"), String.join("\n", lines));
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public Shaper shaper() {
    return shaper;
  }

  @Override
  public List<String> serverCommand() {
    return server.words();
  }

  @Override
  public List<String> serverOptions() {
    return List.of("--host=0.0.0.0");
  }

  @Override
  public URI toSubscribers(URI said) {
    return at(SERVER, said);
  }

  @Override
  public URI toPublisher(URI said) {
    return at(SERVER_OF_PUBLISHER, said);
  }

  private static URI at(String host, URI said) {
    return URI.create("%s://%s:%d".formatted(said.getScheme(), host, said.getPort()));
  }

  @Override
  public Calibration calibrate() throws IOException, InterruptedException {
    try (DatagramChannel far = server.openSocket();
        DatagramChannel near = DatagramChannel.open()) {
      far.bind(new InetSocketAddress(SERVER, 0));
      near.bind(new InetSocketAddress(SUBSCRIBERS, 0));
      near.connect(far.getLocalAddress());
      return new Calibrator(network, near, far).measure();
    }
  }

  @Override
  public Counted count() throws IOException {
    return new Counted(
        System.nanoTime(),
        Counted.Sent.read(server.counters(), SHAPED),
        Counted.Sent.read(HERE, SHAPED),
        Counted.cpuOf(packets.processes()));
  }

  @Override
  public boolean canCut() {
    return true;
  }

  @Override
  public void cut() throws IOException {
    packets.cut();
  }

  @Override
  public void restore() throws IOException {
    packets.restore();
  }

  /// The other end of the veth pair goes with the namespace of the server.
  @Override
  public void close() {
    packets.close();
    try {
      ip(List.of("link delete " + PLAIN));
    } catch (IOException _) {
      // It ends with its namespaces.
    }
    server.close();
  }
}
