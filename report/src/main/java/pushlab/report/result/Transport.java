package pushlab.report.result;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/// The four ways of asking for the next version, in the order in which every table shows them.
public enum Transport {
  SHORT_POLLING("short-polling", "Short polling"),
  LONG_POLLING("long-polling", "Long polling"),
  SERVER_SENT_EVENTS("sse", "Server-sent events"),
  WEBSOCKET("websocket", "WebSocket");

  private final String id;
  private final String title;

  Transport(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /// Its name in files and on the command line.
  @JsonValue
  public String id() {
    return id;
  }

  /// Its name for a reader.
  public String title() {
    return title;
  }

  /// The transport of that `id`.
  ///
  /// @throws IllegalArgumentException if there is none; the message lists those that there are
  public static Transport of(String id) {
    return Arrays.stream(values())
        .filter(transport -> transport.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no transport '%s'; there are %s".formatted(id, Arrays.toString(ids()))));
  }

  private static String[] ids() {
    return Arrays.stream(values()).map(Transport::id).toArray(String[]::new);
  }

  @Override
  public String toString() {
    return id;
  }
}
