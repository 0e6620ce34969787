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

/// The address of a server: scheme, host and port. The host is a name or a literal address (RFC
/// 3986, section 3.2.2). Its name may contain an underscore, as names of Docker Compose do,
/// although [URI#getHost] returns null for such a name.
///
/// @param scheme `http` or `https`
/// @param host an IPv6 address is in brackets
/// @param port from 1 to 65535
public record ServerAddress(String scheme, String host, int port) {

  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:@]+)(?::(\\d{1,5})?)?");
  private static final int LAST_PORT = 65_535;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// The address that `text` begins with. Without a scheme it is `http`, as for `curl`.
  ///
  /// @throws IllegalArgumentException if `text` is not an address; the message is for the user
  public static ServerAddress parse(String text) {
    try {
      return of(new URI(text.contains("://") ? text : "http://" + text));
    } catch (URISyntaxException _) {
      throw noAddress(text);
    }
  }

  /// The address that `uri` begins with.
  ///
  /// @throws IllegalArgumentException if `uri` is not an address; the message is for the user
  public static ServerAddress of(URI uri) {
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
    return new ServerAddress(scheme, parts.group(1), port);
  }

  private static IllegalArgumentException noAddress(String text) {
    return new IllegalArgumentException(
        "'%s' is not an address such as http://127.0.0.1:8080".formatted(text));
  }

  /// Host and port, as in a `Host` header.
  public String authority() {
    return host + ":" + port;
  }

  /// The URI of `path` at this host and port, with another `scheme`.
  public URI uri(String scheme, String path) {
    return URI.create("%s://%s%s".formatted(scheme, authority(), path));
  }

  /// The port, if all addresses of the host are loopback addresses; otherwise empty.
  public OptionalInt localPort() {
    try {
      return all().stream().allMatch(InetAddress::isLoopbackAddress)
          ? OptionalInt.of(port)
          : OptionalInt.empty();
    } catch (IOException _) {
      return OptionalInt.empty();
    }
  }

  /// Where to connect to. If the host has several addresses, as `localhost` has for IPv4 and IPv6,
  /// this tries to connect to each in turn and returns the first that accepts. A single address is
  /// returned without a try.
  ///
  /// @throws IOException if the host is unknown, or no server listens at any of its addresses; the
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

  /// All addresses of the host. For `localhost` these include `127.0.0.1` and `::1`, even if the
  /// resolver knows one only (RFC 6761, section 6.3): many servers on `localhost` listen at `::1`
  /// only.
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
