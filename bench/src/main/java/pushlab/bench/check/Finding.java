package pushlab.bench.check;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import pushlab.bench.net.Printable;

/// What came of one rule.
///
/// @param found what the server did instead, or why the rule was not tried; if it was kept, how
///     far that goes, mostly empty
/// @param promise what a right server does
/// @param meaning what it means to those who use a server that does not
/// @param source who asks for the rule
/// @param course whether that is the course itself
/// @param sentence what is said there
public record Finding(
    String group,
    String rule,
    boolean required,
    Outcome outcome,
    String found,
    String promise,
    String meaning,
    String source,
    boolean course,
    String sentence,
    long millis) {

  private static final int LONGEST = 2000;

  /// How a server did by a rule.
  public enum Outcome {
    PASS,
    /// A required rule is broken.
    FAIL,
    /// A recommended one is.
    WEAK,
    SKIP;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding of(
      Rule.Group group,
      Rule rule,
      Outcome outcome,
      String found,
      Optional<String> meaning,
      long millis) {
    Source source = rule.source();
    return new Finding(
        group.title(),
        rule.name(),
        rule.weight() != Rule.Weight.RECOMMENDED,
        outcome,
        Printable.of(shortened(found)),
        rule.promise(),
        meaning.orElse(rule.meaning()),
        source.where(),
        source.course(),
        source.sentence(),
        millis);
  }

  /// Texts of a server may be of any length.
  private static String shortened(String found) {
    return found.length() <= LONGEST ? found : found.substring(0, LONGEST) + "…";
  }

  /// Whether the server did not keep the rule.
  public boolean isBroken() {
    return outcome == Outcome.FAIL || outcome == Outcome.WEAK;
  }
}
