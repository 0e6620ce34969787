package pushlab.bench.herd;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import pushlab.bench.net.ServerAddress;
import pushlab.bench.net.SnapshotParser;

/// Publishes updates.
final class Updates {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpRequest request;

  /// Updates of the default task at `address`.
  Updates(ServerAddress address) {
    this.request =
        HttpRequest.newBuilder(address.uri("http", "/update-status"))
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"status\":\"herd\"}"))
            .build();
  }

  /// Publishes one update on a connection of its own, and returns its version once the server has
  /// accepted it.
  ///
  /// @throws IOException if it does not
  /// @throws InterruptedException if the thread was interrupted
  Position publish() throws IOException, InterruptedException {
    HttpResponse<byte[]> answer;
    try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      try {
        answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      } finally {
        http.shutdownNow();
      }
    }
    if (answer.statusCode() != 200) {
      throw new IOException("POST /update-status answered " + answer.statusCode());
    }
    SnapshotParser.Parsed snapshot = SnapshotParser.parse(answer.body());
    return new Position(snapshot.epoch(), snapshot.version());
  }
}
