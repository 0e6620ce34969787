package pushlab.report.result;

import java.util.List;
import java.util.Optional;

/// The networks that have a name of their own. docs/method.md has the source of each number. None
/// has a rate: it would be one link that all subscribers share, and each of them has its own.
public final class NamedNetworks {

  /// One switch, by cable.
  public static final Network LAN = new Network("lan", 1, 0, 0, null);

  /// An access point at home or in an office. It sends a lost frame again by itself, which takes
  /// time and loses nothing.
  public static final Network WIFI = new Network("wifi", 10, 2, 0, null);

  /// A phone that moves.
  public static final Network MOBILE_4G = new Network("4g", 70, 0, 0.01, null);

  /// A phone at the edge of its network.
  public static final Network MOBILE_3G = new Network("3g", 300, 0, 0.01, null);

  /// By a geostationary satellite.
  public static final Network SATELLITE = new Network("satellite", 600, 0, 0.001, null);

  private static final List<Network> ALL =
      List.of(Network.LOOPBACK, LAN, WIFI, MOBILE_4G, MOBILE_3G, SATELLITE);

  private NamedNetworks() {}

  /// All of them, the nearest first.
  public static List<Network> all() {
    return ALL;
  }

  /// The one of that name.
  public static Optional<Network> find(String name) {
    return ALL.stream().filter(network -> network.name().equals(name)).findFirst();
  }
}
