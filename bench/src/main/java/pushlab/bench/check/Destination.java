package pushlab.bench.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import pushlab.bench.net.ServerAddress;

/// Where requests are sent: to the given address, or to one address of its host if the HTTP client
/// could not connect by the host's name.
///
/// @param uri may have a path, which precedes the paths of the contract
/// @param host the value of the `Host` header; empty if it follows from `uri`
record Destination(URI uri, Optional<String> host) {

  /// The destination for `given`. The JDK's client only tries the first address of a name, and
  /// rejects a name with an underscore. With `https`, other names are kept, because the certificate
  /// is for the name.
  ///
  /// @throws IOException if no server listens at any address of the name
  static Destination of(URI given) throws IOException {
    ServerAddress address = ServerAddress.of(given);
    InetSocketAddress there = address.reach();
    boolean named = given.getHost() != null;
    if (named && (address.scheme().equals("https") || isFirst(there, address.host()))) {
      return new Destination(given, Optional.empty());
    }
    String literal = there.getAddress().getHostAddress();
    String host =
        literal.contains(":") ? "[%s]".formatted(literal.replaceFirst("%.*", "")) : literal;
    URI uri =
        URI.create(
            "%s://%s:%d%s"
                .formatted(
                    address.scheme(),
                    host,
                    address.port(),
                    given.getRawPath() == null ? "" : given.getRawPath()));
    return new Destination(uri, Optional.of(given.getRawAuthority()));
  }

  private static boolean isFirst(InetSocketAddress there, String host) throws IOException {
    return InetAddress.getByName(host).equals(there.getAddress());
  }
}
