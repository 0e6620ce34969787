package pushlab.report.result;

import java.util.List;
import java.util.Optional;

/// The networks that have a name of their own. The round trip and the rate of `4g` and `3g` are
/// those of WebPageTest's connectivity profiles.
public final class NamedNetworks {

  /// One switch, by cable.
  public static final Network LAN = new Network("lan", 1, 0, 0, 1000.0);

  /// An access point at home or in an office.
  public static final Network WIFI = new Network("wifi", 10, 2, 0.001, 100.0);

  /// A phone that moves.
  public static final Network MOBILE_4G = new Network("4g", 170, 10, 0.01, 9.0);

  /// A phone at the edge of its network.
  public static final Network MOBILE_3G = new Network("3g", 300, 20, 0.01, 1.6);

  /// By a geostationary satellite.
  public static final Network SATELLITE = new Network("satellite", 600, 10, 0.005, 20.0);

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
