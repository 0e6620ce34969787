package pushlab.bench.road;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import pushlab.bench.text.SaidException;
import pushlab.bench.text.Texts;

/// A server of the contract, as a client sees it through a proxy that already runs. All updates are
/// of one task, which has no other user.
final class ContractServer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern WAITING =
      Pattern.compile("(?m)^pushlab_readers_waiting\\S* (\\d+)(\\.\\d+)?\\s*$");

  private final Client client;
  private final URI proxy;
  private final String task;

  /// @param proxy may have a path, where the server's paths begin
  ContractServer(Client client, URI proxy, String task) {
    this.client = client;
    this.proxy = proxy;
    this.task = task;
  }

  /// A new connection to the proxy.
  Connection open() throws IOException, InterruptedException {
    return client.open(proxy);
  }

  Connection openForGzip() throws IOException, InterruptedException {
    return client.openForGzip(proxy);
  }

  /// The target of a request for `path`.
  String target(String path) {
    String prefix = proxy.getRawPath() == null ? "" : proxy.getRawPath().replaceFirst("/$", "");
    return prefix + path + "?task=" + task;
  }

  /// The target of a poll that is held for so long.
  String poll(JsonNode newest, Duration wait) {
    String epoch = newest.path("epoch").asText("");
    return target("/poll-status")
        + "&last_version="
        + newest.path("version").asText()
        + (epoch.isEmpty() ? "" : "&epoch=" + epoch)
        + "&wait="
        + wait.toSeconds();
  }

  /// The newest snapshot.
  ///
  /// @throws IOException if there is no server of the contract; the message is one line
  JsonNode newest() throws IOException, InterruptedException {
    return snapshot(ask(target("/poll-status")), "GET /poll-status");
  }

  /// Makes an update, and returns the answer. Its body is the new snapshot.
  Answer update() throws IOException, InterruptedException {
    try (Connection connection = open()) {
      connection.update(target("/update-status"), body());
      return answer(connection, "POST /update-status");
    }
  }

  /// The body of an update.
  String body() throws JsonProcessingException {
    return JSON.writeValueAsString(Map.of("status", "En cours", "task", task));
  }

  /// The snapshot in an answer.
  ///
  /// @throws IOException if there is none; the message is one line
  JsonNode snapshot(Answer answer, String request) throws IOException {
    try {
      JsonNode snapshot = JSON.readTree(answer.body());
      if (snapshot != null && snapshot.path("version").isNumber()) {
        return snapshot;
      }
    } catch (JsonProcessingException _) {
      // No JSON, so no snapshot.
    }
    throw new SaidException(
        Texts.of("proxies.no-contract", proxy, request, String.valueOf(answer.status())));
  }

  /// How many subscribers wait at the server, as its metrics say; empty if they do not.
  OptionalLong waiting() throws IOException, InterruptedException {
    Answer answer = ask(target("/metrics"));
    long[] all =
        WAITING
            .matcher(answer.body())
            .results()
            .mapToLong(it -> Long.parseLong(it.group(1)))
            .toArray();
    return all.length == 0
        ? OptionalLong.empty()
        : OptionalLong.of(java.util.Arrays.stream(all).sum());
  }

  private Answer ask(String target) throws IOException, InterruptedException {
    try (Connection connection = open()) {
      connection.get(target);
      return answer(connection, "GET " + target.replaceFirst("\\?.*", ""));
    }
  }

  private Answer answer(Connection connection, String request)
      throws IOException, InterruptedException {
    Optional<Answer> answer = connection.answer(Road.PATIENCE);
    if (answer.isEmpty()) {
      throw new SaidException(
          Texts.of("proxies.no-answer", proxy, request, Road.PATIENCE.toSeconds()));
    }
    return answer.get();
  }
}
