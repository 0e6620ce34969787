package pushlab.report.road;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import pushlab.report.text.Phrase;

/// How well something gets through a proxy, the best first.
public enum Effect {
  PASSES("✓"),
  /// It passes, but not in every way or only for some time.
  LIMITED("!"),
  FAILS("✕"),
  /// It was not measured.
  UNKNOWN("?");

  private final String sign;

  Effect(String sign) {
    this.sign = sign;
  }

  /// Its name in JSON and in keys of texts.
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// A symbol for it, so that it is not shown by color alone.
  public String sign() {
    return sign;
  }

  /// Its name for a reader, for example `passes with a limit`.
  public Phrase phrase() {
    return Phrase.of("road.effect." + id());
  }

  /// Whether it is known to be better than `other`, which is known too.
  boolean isBetterThan(Effect other) {
    return this != UNKNOWN && other != UNKNOWN && compareTo(other) < 0;
  }
}
