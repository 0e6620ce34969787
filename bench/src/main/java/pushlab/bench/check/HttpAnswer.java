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

  @Override
  public String toString() {
    return (code + " " + Quote.of(body)).strip();
  }
}
