package pushlab.bench.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where a server is: scheme, host and port of its address. A host is a name or a literal address
/// as RFC 3986, section 3.2.2 has them, so it may have an underscore as the names of Docker Compose
/// do, for which [URI#getHost] gives null.
///
/// @param scheme `http` or `https`
/// @param host an IPv6 address stands in brackets
/// @param port from 1 to 65535
public record Address(String scheme, String host, int port) {

  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:@]+)(?::(\\d{1,5})?)?");
  private static final int LAST_PORT = 65_535;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// The address that `text` begins with, by HTTP if it names no scheme, as `curl` reads it.
  ///
  /// @throws IllegalArgumentException if it is none; the message is for the one who typed it
  public static Address parse(String text) {
    try {
      return of(new URI(text.contains("://") ? text : "http://" + text));
    } catch (URISyntaxException _) {
      throw noAddress(text);
    }
  }

  /// The address that `uri` begins with.
  ///
  /// @throws IllegalArgumentException if it is none; the message is for the one who typed it
  public static Address of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    Matcher parts = AUTHORITY.matcher(authority);
    if (!List.of("http", "https").contains(scheme) || !parts.matches()) {
      throw noAddress(uri.toString());
    }
    int standard = scheme.equals("http") ? 80 : 443;
    int port = parts.group(2) == null ? standard : Integer.parseInt(parts.group(2));
    if (port < 1 || port > LAST_PORT) {
      throw noAddress(uri.toString());
    }
    return new Address(scheme, parts.group(1), port);
  }

  private static IllegalArgumentException noAddress(String text) {
    return new IllegalArgumentException(
        "'%s' is no address such as http://127.0.0.1:8080".formatted(text));
  }

  /// Host and port, as a `Host` header has them.
  public String authority() {
    return host + ":" + port;
  }

  /// Of `path` there, by `scheme`.
  public URI uri(String scheme, String path) {
    return URI.create("%s://%s%s".formatted(scheme, authority(), path));
  }

  /// Its port, if its host is this machine by a loopback address.
  public OptionalInt localPort() {
    try {
      return all().stream().allMatch(InetAddress::isLoopbackAddress)
          ? OptionalInt.of(port)
          : OptionalInt.empty();
    } catch (IOException _) {
      return OptionalInt.empty();
    }
  }

  /// Where to connect to. Of a name with several addresses, as `localhost` has by IPv4 and by IPv6,
  /// that is the first at which somebody listens: each is tried in turn, by a connection that is
  /// closed at once. One with a single address is not tried.
  ///
  /// @throws IOException if the host is not known, or nobody listens at any of its addresses; the
  ///     message says which
  public InetSocketAddress reach() throws IOException {
    List<InetAddress> all;
    try {
      all = all();
    } catch (IOException e) {
      throw new IOException(Unreachable.reason(this, e), e);
    }
    if (all.size() == 1) {
      return new InetSocketAddress(all.getFirst(), port);
    }
    IOException last = null;
    for (InetAddress one : all) {
      var there = new InetSocketAddress(one, port);
      try (var socket = new Socket()) {
        socket.connect(there, (int) PATIENCE.toMillis());
        return there;
      } catch (IOException e) {
        last = e;
      }
    }
    throw new IOException(Unreachable.reason(this, last), last);
  }

  /// All of its host's. `localhost` has both of the loopback interface, whatever the resolver says
  /// (RFC 6761, section 6.3): many a server that is told that name listens at `::1` only.
  private List<InetAddress> all() throws UnknownHostException {
    List<InetAddress> known = List.of(InetAddress.getAllByName(host));
    return host.equalsIgnoreCase("localhost")
        ? Stream.concat(
                known.stream(),
                Stream.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")))
            .distinct()
            .toList()
        : known;
  }

  @Override
  public String toString() {
    return scheme + "://" + authority();
  }
}
