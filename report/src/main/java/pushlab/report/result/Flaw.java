package pushlab.report.result;

import java.util.Locale;

/// What is wrong with a file of a run, where no other message says it.
public enum Flaw {
  NO_FILE("there is no such file"),
  NONE("there is none"),
  NO_LIST("it is not a list of results");

  private final String english;

  Flaw(String english) {
    this.english = english;
  }

  /// The end of a sentence.
  public Said said() {
    return Said.of("noun." + name().toLowerCase(Locale.ROOT).replace('_', '-'), english);
  }
}
