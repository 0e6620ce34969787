package pushlab.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `asyncapi.json`, and whether a message fits it.
public final class Messages {

  private static final Schemas ASYNCAPI = Schemas.of("asyncapi.json");

  private Messages() {}

  public static JsonObject document() {
    return ASYNCAPI.document();
  }

  /// The addresses of the channels, each with what may be in its query.
  public static Map<String, Set<String>> channels() {
    return Map.of(
        address("webSocket"),
        query("/channels/webSocket/bindings/ws"),
        address("events"),
        query("/operations/sendOverEvents/bindings/http"),
        address("stream"),
        query("/operations/sendOverStream/bindings/http"));
  }

  /// The statuses by which the server closes a WebSocket of its own accord.
  public static List<Integer> closes() {
    return payload("webSocket", "close").getJsonArray("examples").stream()
        .map(code -> ((JsonNumber) code).intValueExact())
        .toList();
  }

  /// Fails unless `frame`, its kind and its payload, is one that the document has.
  public static void assertFrameFits(String frame) {
    String[] parts = frame.split(" ", 2);
    switch (parts[0]) {
      case "text" -> ASYNCAPI.assertValid(payload("webSocket", "snapshot"), parts[1]);
      case "close" ->
          ASYNCAPI.assertValid(payload("webSocket", "close"), parts[1].replaceFirst(" .*", ""));
      default -> assertThat(parts[0]).isIn("ping", "pong", "end", "error");
    }
  }

  /// Fails unless `event`, its fields by their names, is one that the document has.
  public static void assertEventFits(Map<String, String> event) {
    var headers = Json.createObjectBuilder();
    event.forEach((name, value) -> headers.add(name, value));
    ASYNCAPI.assertValid(
        message("events", "snapshot").getJsonObject("headers"),
        headers.remove("data").build().toString());
    ASYNCAPI.assertValid(payload("events", "snapshot"), event.getOrDefault("data", ""));
  }

  /// Fails unless the document has a comment like this, which is what follows a colon.
  public static void assertCommentFits(String comment) {
    ASYNCAPI.assertValid(payload("events", "heartbeat"), Json.createValue(comment).toString());
  }

  /// Fails unless `line` of an NDJSON stream is one that the document has.
  public static void assertLineFits(String line) {
    if (line.isEmpty()) {
      ASYNCAPI.assertValid(payload("stream", "heartbeat"), "\"\"");
    } else {
      ASYNCAPI.assertValid(payload("stream", "snapshot"), line);
    }
  }

  private static String address(String channel) {
    return document().getJsonObject("channels").getJsonObject(channel).getString("address");
  }

  private static Set<String> query(String binding) {
    return document()
        .getValue(binding)
        .asJsonObject()
        .getJsonObject("query")
        .getJsonObject("properties")
        .keySet();
  }

  private static JsonObject payload(String channel, String message) {
    return message(channel, message).getJsonObject("payload");
  }

  private static JsonObject message(String channel, String message) {
    JsonObject messages =
        document().getJsonObject("channels").getJsonObject(channel).getJsonObject("messages");
    assertThat(messages).containsKey(message);
    return ASYNCAPI.resolve(messages.getJsonObject(message));
  }
}
