package pushlab.bench.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import pushlab.bench.check.Rule.Broken;

/// The server that is checked, asked as the course's client asks.
final class Server implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// What a client learns from an answer.
  record Snapshot(long version, String status) {}

  private final URI address;
  private final Duration longestHold;
  private final HttpClient http;

  /// The server at `address`, which is waited for as long as `longestHold`.
  ///
  /// @param insecure whether any certificate is trusted
  Server(URI address, boolean insecure, Duration longestHold) {
    this.address = address;
    this.longestHold = longestHold;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5));
    this.http = (insecure ? builder.sslContext(trustingAny()) : builder).build();
  }

  private static SSLContext trustingAny() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  Duration longestHold() {
    return longestHold;
  }

  HttpResponse<String> poll(String query) throws IOException, InterruptedException {
    return http.send(request(query), HttpResponse.BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> startPoll(long lastVersion) {
    return http.sendAsync(
        request("?last_version=" + lastVersion), HttpResponse.BodyHandlers.ofString());
  }

  Snapshot current() throws Broken, IOException, InterruptedException {
    return snapshot(poll(""));
  }

  Snapshot update(String status) throws Broken, IOException, InterruptedException {
    return snapshot(
        http.send(
            HttpRequest.newBuilder(address.resolve("/update-status"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        JSON.createObjectNode().put("status", status).toString()))
                .build(),
            HttpResponse.BodyHandlers.ofString()));
  }

  static Snapshot snapshot(HttpResponse<String> answer) throws Broken {
    if (answer.statusCode() != 200) {
      throw new Broken("it answered %d to %s".formatted(answer.statusCode(), answer.uri()));
    }
    try {
      JsonNode json = JSON.readTree(answer.body());
      if (!json.path("version").isIntegralNumber() || !json.path("status").isTextual()) {
        throw new Broken("no JSON object with version and status: " + answer.body());
      }
      return new Snapshot(json.path("version").asLong(), json.path("status").asText());
    } catch (JsonProcessingException _) {
      throw new Broken("what it answered is not JSON: " + answer.body());
    }
  }

  private HttpRequest request(String query) {
    return HttpRequest.newBuilder(address.resolve("/poll-status" + query))
        .timeout(longestHold)
        .build();
  }

  /// Forgets it, and whatever it still holds.
  @Override
  public void close() {
    http.shutdownNow();
  }
}
