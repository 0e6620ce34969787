package pushlab.bench.check;

import java.net.http.HttpHeaders;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The proxies that name themselves in the headers of answers. Thread-safe.
///
/// A client only sees its own connection; the header `Via` (RFC 9110, 7.6.3) names the proxies
/// behind it. Not every proxy sends it, so its absence proves nothing.
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

  private final Set<String> named = Collections.synchronizedSet(new TreeSet<>());

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
        .filter(value -> KNOWN.matcher(value).find())
        .ifPresent(value -> add("Server: " + value));
  }

  private void add(String header) {
    if (named.size() < MOST) {
      named.add(header.substring(0, Math.min(LONGEST, header.length())));
    }
  }

  /// The headers that name proxies; empty if none does.
  Optional<String> named() {
    synchronized (named) {
      return named.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", named));
    }
  }

  /// "a proxy", with its name if it is known, for the middle of a sentence.
  String one() {
    return named()
        .map(headers -> "a proxy (the answers say %s)".formatted(headers))
        .orElse("a proxy");
  }
}
