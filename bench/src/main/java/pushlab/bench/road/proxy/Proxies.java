package pushlab.bench.road.proxy;

import java.util.List;
import java.util.Optional;

/// The kinds of proxy that the lab knows.
public final class Proxies {

  private static final List<ProxyKind> ALL =
      List.of(
          new Nginx(),
          new Haproxy(),
          new Apache(),
          new Varnish(),
          new Squid(),
          new Caddy(),
          new Lighttpd(),
          new H2o());

  private Proxies() {}

  /// All kinds, in the order in which they are shown.
  public static List<ProxyKind> all() {
    return ALL;
  }

  /// The kind of that id, if there is one.
  public static Optional<ProxyKind> of(String id) {
    return ALL.stream().filter(kind -> kind.id().equals(id)).findFirst();
  }

  /// The kinds that are installed on this machine.
  public static List<ProxyKind> installed() {
    return ALL.stream().filter(kind -> Program.of(kind).isPresent()).toList();
  }
}
