package pushlab.report.stat;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How sure a statement about a difference is: how often chance alone would lead to it.
public enum Confidence {
  /// In fewer than one of 1,000 cases.
  SURE(0.001),
  /// In fewer than one of 100 cases.
  LIKELY(0.01);

  private final double chance;

  Confidence(double chance) {
    this.chance = chance;
  }

  /// The chance of an error at which the tests call a difference significant.
  public double level() {
    return MARGIN * chance;
  }

  /// Its name in JSON and in keys of texts.
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The tests ask for half of what is claimed: repeats are not quite normally distributed, and
  /// some cells scatter more than others.
  private static final double MARGIN = 0.5;

  /// The greatest confidence that allows this chance of an error; null if none does.
  static @Nullable Confidence of(double chance) {
    return Arrays.stream(values()).filter(it -> chance < it.level()).findFirst().orElse(null);
  }

  /// The lesser of the two; null, which is no confidence, if one is null.
  public static @Nullable Confidence lesser(@Nullable Confidence one, @Nullable Confidence other) {
    return one == null || other == null ? null : one.compareTo(other) > 0 ? one : other;
  }
}
