package pushlab.bench.check;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pushlab.bench.net.Printable;
import pushlab.bench.text.Texts;
import pushlab.report.text.Phrase;

/// The result of one rule.
///
/// @param road the rule about the road that explains a broken rule; null if none does
/// @param found what the server did instead, or why the rule was not tested; for a rule that was
///     kept, the limits of the test, if any
/// @param promise what a correct server does
/// @param meaning the consequence for users of a server that does not
/// @param source where the rule comes from
/// @param course whether it comes from the course
/// @param sentence the source's sentence
public record Finding(
    String group,
    String rule,
    boolean required,
    Outcome outcome,
    @Nullable String road,
    String found,
    String promise,
    String meaning,
    String source,
    boolean course,
    String sentence,
    long millis) {

  private static final int LONGEST = 2000;

  /// The outcome of a rule.
  public enum Outcome {
    PASS,
    /// The server breaks a required rule.
    FAIL,
    /// The server breaks a recommended rule.
    WEAK,
    /// What stands between breaks the rule, and not the server.
    ROAD,
    SKIP;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Its name for the user.
    Phrase phrase() {
      return Texts.of("check." + word());
    }
  }

  static Finding of(
      Rule.Group group,
      Rule rule,
      Outcome outcome,
      String found,
      Optional<String> meaning,
      Optional<String> road,
      long millis) {
    Source source = rule.source();
    return new Finding(
        group.title(),
        rule.name(),
        rule.weight() != Rule.Weight.RECOMMENDED,
        outcome,
        road.orElse(null),
        Printable.of(shortened(found)),
        rule.promise(),
        meaning.orElse(rule.meaning()),
        source.where(),
        source.course(),
        source.sentence(),
        millis);
  }

  /// The text of a server may have any length.
  private static String shortened(String found) {
    return found.length() <= LONGEST ? found : found.substring(0, LONGEST) + "…";
  }

  /// Whether the server breaks the rule.
  public boolean isBroken() {
    return outcome == Outcome.FAIL || outcome == Outcome.WEAK;
  }

  /// Whether all is said of it: the rule is broken, and no rule about the road says more.
  public boolean isExplained() {
    return isBroken() || (outcome == Outcome.ROAD && (road == null || road.equals(rule)));
  }
}
