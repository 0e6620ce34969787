package pushlab.bench.text;

import java.util.Locale;
import pushlab.report.text.Bundle;
import pushlab.report.text.Phrase;

/// The texts of the commands, in `texts_en.properties` and `texts_fr.properties`.
public final class Texts {

  static final Bundle BUNDLE = new Bundle("pushlab.bench.texts");

  private Texts() {}

  /// The text of that key; `arguments` may be phrases.
  public static Phrase of(String key, Object... arguments) {
    return BUNDLE.phrase(key, arguments);
  }

  /// `value` with so many decimals.
  public static Phrase number(double value, int decimals) {
    return language -> String.format(Locale.of(language.id()), "%." + decimals + "f", value);
  }
}
