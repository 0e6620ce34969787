package pushlab.report.road;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.road.Aspect;
import pushlab.report.result.road.Passage;
import pushlab.report.result.road.ProxyResult;
import pushlab.report.text.Phrase;

/// One aspect of one proxy: what was measured, what it means, and which setting changes it.
///
/// @param setting in the language of the proxy's configuration; null if there is none
/// @param with what was measured with the setting; null if there is none
/// @param help what the setting did
public record RoadCell(
    Aspect aspect, Reading reading, @Nullable String setting, @Nullable Reading with, Help help) {

  /// What a setting did, as the second measurement shows.
  public enum Help {
    /// There is no setting.
    NONE,
    /// It is better with the setting.
    VERIFIED,
    /// It was good without the setting and is good with it.
    STAYS_GOOD,
    /// It is no better with the setting.
    DID_NOT_HELP,
    /// It was not measured without the setting or with it.
    NOT_MEASURED;

    /// Its name in JSON and in keys of texts.
    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// All that was measured of `proxy`, in the order of the aspects.
  public static List<RoadCell> of(ProxyResult proxy) {
    return List.of(Aspect.values()).stream().map(aspect -> of(proxy, aspect)).toList();
  }

  private static RoadCell of(ProxyResult proxy, Aspect aspect) {
    Reading before = Reading.of(aspect, proxy.smallest());
    String setting = proxy.remedies().get(aspect);
    Passage remedied = proxy.remedied();
    if (setting == null || remedied == null) {
      return new RoadCell(aspect, before, setting, null, Help.NONE);
    }
    Reading after = Reading.of(aspect, remedied);
    return new RoadCell(aspect, before, setting, after, help(before, after));
  }

  private static Help help(Reading before, Reading after) {
    if (before.effect() == Effect.UNKNOWN || after.effect() == Effect.UNKNOWN) {
      return Help.NOT_MEASURED;
    }
    if (after.isBetterThan(before)) {
      return Help.VERIFIED;
    }
    return before.effect() == Effect.PASSES && after.effect() == Effect.PASSES
        ? Help.STAYS_GOOD
        : Help.DID_NOT_HELP;
  }

  /// The aspect for a reader.
  public Phrase title() {
    return title(aspect);
  }

  /// `aspect` for a reader.
  static Phrase title(Aspect aspect) {
    return Phrase.of("road.aspect." + aspect.id());
  }

  /// The value with the setting and what the setting did, for example `verified: 1 ms`; null if
  /// there is none.
  public @Nullable Phrase verified() {
    return with == null ? null : Phrase.of("road.help." + help.id(), with.value());
  }
}
