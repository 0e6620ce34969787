package pushlab.report.road;

import pushlab.report.text.Language;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// Times as a reader of a proxy's configuration writes them: 60 s, 210 ms, 0.4 ms.
public final class Numbers {

  /// From here on a decimal says nothing.
  private static final double WHOLE = 10;

  private Numbers() {}

  /// A time in seconds.
  public static Phrase seconds(double seconds) {
    return Phrase.number(seconds, (value, language) -> rounded(value, language) + " s");
  }

  /// A time that is given in milliseconds.
  static Phrase millis(double millis) {
    return millis < 1000
        ? Phrase.number(millis, (value, language) -> rounded(value, language) + " ms")
        : seconds(millis / 1000);
  }

  static Phrase count(long count) {
    return Phrase.number(count, Text::count);
  }

  private static String rounded(double value, Language language) {
    if (!Double.isFinite(value)) {
      return Text.significant(value, language);
    }
    double tenths = value < WHOLE ? Math.round(10 * value) / 10.0 : Math.round(value);
    return Text.number(tenths, language);
  }
}
