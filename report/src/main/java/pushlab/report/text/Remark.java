package pushlab.report.text;

import java.util.Locale;

/// What goes wrong in a run or is left out. A run keeps it as a sentence in English; a report says
/// it in each language.
public enum Remark {
  BROKEN_OFF,
  ENDED_EARLY,
  NO_SUITES,
  CELL_FAILED,
  CELL_ERRORS,
  SERVER_ENDED,
  NOT_WARMED_UP,
  LEFT_OUT,
  ENVIRONMENT,
  NO_PROCESS,
  NO_JVM,
  NO_KERNEL,
  IDLE_FAILED,
  SUITE_FAILED;

  /// The sentence, with `arguments` where its text has `%s`.
  public String say(Object... arguments) {
    return Language.ENGLISH.say(
        "remark." + name().toLowerCase(Locale.ROOT).replace('_', '-'), arguments);
  }

  /// A sentence that a run has kept.
  public static Phrase phrase(String sentence) {
    return Heard.of(sentence, "remark.");
  }
}
