package pushlab.bench.check;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What came of one rule.
///
/// @param found what the server did instead, or why the rule was not tried; empty if it was kept
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

  static Finding of(Rule.Group group, Rule rule, Outcome outcome, String found, long millis) {
    Source source = rule.source();
    return new Finding(
        group.title(),
        rule.name(),
        rule.weight() != Rule.Weight.RECOMMENDED,
        outcome,
        found,
        rule.promise(),
        rule.meaning(),
        source.where(),
        source.course(),
        source.sentence(),
        millis);
  }

  /// Whether the server did not keep the rule.
  public boolean isBroken() {
    return outcome == Outcome.FAIL || outcome == Outcome.WEAK;
  }
}
