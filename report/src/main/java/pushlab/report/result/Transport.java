package pushlab.report.result;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/// The ways of asking for the next version, in the order in which every table shows them.
///
/// All that differs between two of them and is no code of their own is said here, once: reports and
/// their scripts read it from here. docs/adding-a-transport.md lists what else a new one needs.
public enum Transport {
  SHORT_POLLING("short-polling", "Short polling", Asking.AT_INTERVALS, "#D55E00", "circle", true),
  LONG_POLLING("long-polling", "Long polling", Asking.AFTER_EACH_ANSWER, "#0072B2", "square", true),
  SERVER_SENT_EVENTS("sse", "Server-sent events", Asking.ONCE, "#009E73", "triangle-up", true),
  NDJSON_STREAM("ndjson", "NDJSON stream", Asking.ONCE, "#56B4E9", "triangle-down", false),
  WEBSOCKET("websocket", "WebSocket", Asking.ONCE, "#CC79A7", "diamond", true);

  /// When a subscriber asks for the next version.
  public enum Asking {
    /// At an interval of its own; the server answers at once.
    AT_INTERVALS,
    /// As soon as it is answered; the server holds the request until there is a newer version.
    AFTER_EACH_ANSWER,
    /// Once; the server then sends each version on the same connection.
    ONCE;

    /// Its name in JSON.
    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final String id;
  private final String title;
  private final Asking asking;
  private final String color;
  private final String shape;
  private final boolean isStandard;

  Transport(
      String id, String title, Asking asking, String color, String shape, boolean isStandard) {
    this.id = id;
    this.title = title;
    this.asking = asking;
    this.color = color;
    this.shape = shape;
    this.isStandard = isStandard;
  }

  /// Its name in files and on the command line.
  @JsonValue
  public String id() {
    return id;
  }

  /// Its name for a reader, in English.
  public String title() {
    return title;
  }

  /// When a subscriber asks.
  public Asking asking() {
    return asking;
  }

  /// Its color in every figure, as CSS has it. The palette is that of Okabe and Ito, whose colors
  /// people with a color vision deficiency can tell apart.
  public String color() {
    return color;
  }

  /// Its symbol in every figure, as Vega names it.
  public String shape() {
    return shape;
  }

  /// Whether plans measure it unless they are told otherwise.
  public boolean isStandard() {
    return isStandard;
  }

  /// All of it in one, as `report.json` and the scripts of its page read it.
  public record Traits(String id, String title, Asking asking, String color, String shape) {}

  /// What is said of this transport.
  public Traits traits() {
    return new Traits(id, title, asking, color, shape);
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
