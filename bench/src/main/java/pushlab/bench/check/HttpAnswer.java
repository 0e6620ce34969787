package pushlab.bench.check;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// An answer of a server. Its body is decoded as UTF-8 whatever its Content-Type says, as browsers
/// do for JSON.
record HttpAnswer(int code, HttpHeaders headers, String body) {

  static HttpAnswer of(HttpResponse<byte[]> response) {
    return new HttpAnswer(
        response.statusCode(),
        response.headers(),
        new String(response.body(), StandardCharsets.UTF_8));
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  boolean isGood() {
    return code >= 200 && code < 300;
  }

  /// Whether the server refused the request as wrong (4xx).
  boolean isRefusal() {
    return code >= 400 && code < 500;
  }

  /// Whether the contract has nothing at this path: 404, or an HTML page.
  boolean isOfNothingThere() {
    return code == 404 || header("Content-Type").orElse("").startsWith("text/html");
  }

  /// Whether only a gateway says this (RFC 9110, 15.6.3 to 15.6.5): 502, 503 or 504 by a page of
  /// its own. An application that says the same does so in JSON, or names itself.
  boolean isOfGateway() {
    return code >= 502
        && code <= 504
        && !header("Content-Type").orElse("").contains("json")
        && header("X-Powered-By").isEmpty()
        && header("Server").map(Proxies::isKnown).orElse(true);
  }

  /// Whether the server refused the request because of the host that it asks, and says so.
  boolean isAboutHost() {
    return (code == 403 || code == 421) && body.contains("Host");
  }

  @Override
  public String toString() {
    return (code + " " + Quote.of(body)).strip();
  }
}
