package pushlab.bench.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import pushlab.bench.net.Address;

/// Where requests go: the address that was given, or one of its name's addresses where the clients
/// would not get through by the name.
///
/// @param uri with the path before those of the contract, if there is one
/// @param host what a `Host` header must say; empty if `uri` says it
record Place(URI uri, Optional<String> host) {

  /// Where `given` is. The JDK's client tries the first address of a name only, and takes no name
  /// with an underscore. By `https` a name that it takes stays, as the certificate is for the name.
  ///
  /// @throws IOException if nobody listens at any address of the name
  static Place of(URI given) throws IOException {
    Address address = Address.of(given);
    InetSocketAddress there = address.reach();
    boolean named = given.getHost() != null;
    if (named && (address.scheme().equals("https") || isFirst(there, address.host()))) {
      return new Place(given, Optional.empty());
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
    return new Place(uri, Optional.of(given.getRawAuthority()));
  }

  private static boolean isFirst(InetSocketAddress there, String host) throws IOException {
    return InetAddress.getByName(host).equals(there.getAddress());
  }
}
