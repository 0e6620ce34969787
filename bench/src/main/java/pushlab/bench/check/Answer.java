package pushlab.bench.check;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What a server answered, its body read as browsers read JSON: as UTF-8, whatever is said of it.
record Answer(int code, HttpHeaders headers, String body) {

  static Answer of(HttpResponse<byte[]> response) {
    return new Answer(
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

  /// Whether it refused what was wrong with the request.
  boolean isRefusal() {
    return code >= 400 && code < 500;
  }

  /// Whether there is nothing of the contract at the path that was asked.
  boolean isOfNothingThere() {
    return code == 404 || header("Content-Type").orElse("").startsWith("text/html");
  }

  @Override
  public String toString() {
    return (code + " " + Quote.of(body)).strip();
  }
}
