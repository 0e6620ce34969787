package pushlab.server.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The host names under which a server accepts updates and WebSockets.
///
/// Other machines cannot reach a server that listens on loopback, but their pages can. The owner of
/// `evil.example` lets that name resolve to 127.0.0.1, and a page from there then has the same
/// origin as the server (DNS rebinding). The browser still sends the name as `Host`. So such a
/// server accepts `localhost` and `*.localhost` (RFC 6761, section 6.3), this machine's name, the
/// names that it is given, and any address, because an address cannot resolve to another one. A
/// server that listens on other addresses accepts every name, unless it is given some.
public final class Hosts {

  private static final Pattern NAME = Pattern.compile("[a-z0-9_][a-z0-9_.-]{0,252}");
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:(\\[[0-9a-f:.]+])|([^:\\[\\]]+?)\\.?)(?::[0-9]*)?");
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private final boolean takesAll;
  private final Set<String> names;

  private Hosts(boolean takesAll, Set<String> names) {
    this.takesAll = takesAll;
    this.names = names;
  }

  /// The host names of a server that listens on `address` and is also called `names`.
  public static Hosts of(String address, Collection<String> names) {
    return new Hosts(
        names.isEmpty() && !isLoopback(address),
        names.stream().map(Hosts::lowerCase).collect(Collectors.toUnmodifiableSet()));
  }

  /// Whether a server can be called `name`: letters, digits, dots, dashes and underscores.
  public static boolean isName(String name) {
    return NAME.matcher(lowerCase(name)).matches();
  }

  /// Whether updates and WebSockets are accepted from a request to `authority`, a host with or
  /// without a port. An empty one, which HTTP/1.0 allows, comes from no browser.
  boolean take(String authority) {
    if (takesAll || authority.isEmpty()) {
      return true;
    }
    Matcher matcher = AUTHORITY.matcher(lowerCase(authority));
    if (!matcher.matches()) {
      return false;
    }
    String name = matcher.group(2);
    return name == null
        || name.equals("localhost")
        || name.endsWith(".localhost")
        || IPV4.matcher(name).matches()
        || names.contains(name)
        || name.equals(machine());
  }

  /// This machine's name; `localhost` if it cannot be found.
  public static String machine() {
    return Machine.NAME;
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /// The name is looked up once and only when it is needed: without a name server that takes
  /// seconds.
  private static final class Machine {
    private static final String NAME = name();

    private static String name() {
      try {
        return lowerCase(InetAddress.getLocalHost().getHostName());
      } catch (UnknownHostException _) {
        return "localhost";
      }
    }
  }
}
