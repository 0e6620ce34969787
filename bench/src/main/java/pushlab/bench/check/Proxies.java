package pushlab.bench.check;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pushlab.bench.host.ListeningProcesses;
import pushlab.bench.net.ServerAddress;

/// The proxies that stand between this client and the server, as far as they can be named: by the
/// headers of answers, and on this machine by the program that listens at the address.
/// Thread-safe.
///
/// A client only sees its own connection; the header `Via` (RFC 9110, 7.6.3) names the proxies
/// behind it. Not every proxy sends it, and HAProxy sends no header at all, so nothing follows from
/// the absence of a name.
final class Proxies {

  private static final int MOST = 5;
  private static final int LONGEST = 60;

  /// Headers that only a proxy writes.
  private static final List<String> THEIR_OWN = List.of("Via", "X-Varnish", "X-Cache");

  /// Values of the header `Server` that usually belong to a proxy.
  private static final Pattern KNOWN =
      Pattern.compile(
          "(?i)nginx|openresty|haproxy|apache(?!-coyote)|varnish|squid|caddy|lighttpd|h2o|traefik|"
              + "envoy|cloudflare|awselb");

  /// Programs that are proxies.
  private static final Set<String> PROGRAMS =
      Set.of(
          "nginx",
          "haproxy",
          "apache2",
          "httpd",
          "varnishd",
          "squid",
          "caddy",
          "lighttpd",
          "h2o",
          "traefik",
          "envoy");

  private final URI address;
  private @Nullable String program;
  private final Set<String> named = Collections.synchronizedSet(new TreeSet<>());

  /// @param address to which the requests are sent
  Proxies(URI address) {
    this.address = address;
  }

  /// Looks for proxies in the headers of an answer.
  void see(HttpHeaders headers) {
    for (String name : THEIR_OWN) {
      // The value of X-Varnish is only request numbers.
      headers
          .firstValue(name)
          .ifPresent(value -> add(name.equals("X-Varnish") ? name : name + ": " + value));
    }
    headers
        .firstValue("Server")
        .filter(Proxies::isKnown)
        .ifPresent(value -> add("Server: " + value));
  }

  /// Whether `server`, the value of the header `Server`, usually belongs to a proxy.
  static boolean isKnown(String server) {
    return KNOWN.matcher(server).find();
  }

  private void add(String header) {
    if (named.size() < MOST) {
      named.add(header.substring(0, Math.min(LONGEST, header.length())));
    }
  }

  /// What names the proxies: headers of answers, or the program that listens. Empty if nothing
  // does.
  Optional<String> named() {
    synchronized (named) {
      String said = named.isEmpty() ? "" : "the answers say " + String.join(", ", named);
      String listens = program().isEmpty() ? "" : program() + " listens at this address";
      String both = said.isEmpty() || listens.isEmpty() ? said + listens : said + "; " + listens;
      return both.isEmpty() ? Optional.empty() : Optional.of(both);
    }
  }

  /// "a proxy", with its name if it is known, for the middle of a sentence.
  String one() {
    return named().map("a proxy (%s)"::formatted).orElse("a proxy");
  }

  private String program() {
    if (program == null) {
      program = listening();
    }
    return program;
  }

  /// The proxies that listen on the port of the address; empty if the address is not this machine's
  /// own.
  private String listening() {
    OptionalInt port = ServerAddress.of(address).localPort();
    return port.isEmpty()
        ? ""
        : ListeningProcesses.on(port.getAsInt()).stream()
            .flatMap(process -> process.info().command().stream())
            .map(command -> String.valueOf(Path.of(command).getFileName()))
            .filter(PROGRAMS::contains)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
  }
}
