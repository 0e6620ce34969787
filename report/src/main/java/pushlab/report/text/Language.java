package pushlab.report.text;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A language in which a report can be read. Its texts stand in `texts_<id>.properties`.
public enum Language {
  ENGLISH(Locale.ENGLISH),
  FRENCH(Locale.FRENCH);

  private static final Pattern TIED = Pattern.compile("^(?=[:;])| (?=[:;?!»]|%(?![s\\d]))|(?<=«) ");

  private final Locale locale;

  Language(Locale locale) {
    this.locale = locale;
  }

  /// Its code, for example `en`.
  public String id() {
    return locale.getLanguage();
  }

  /// The keys that begin with `prefix`.
  public Stream<String> keys(String prefix) {
    return texts().keySet().stream().filter(key -> key.startsWith(prefix)).sorted();
  }

  /// The text of that key, with `arguments` where it has `%s`; those that are phrases are said in
  /// this language.
  ///
  /// @throws java.util.MissingResourceException if there is no such text
  String say(String key, Object... arguments) {
    String text = spaced(texts().getString(key));
    return arguments.length == 0
        ? text
        : String.format(locale, text, Arrays.stream(arguments).map(this::said).toArray());
  }

  /// Read once: bundles are cached.
  private ResourceBundle texts() {
    return ResourceBundle.getBundle("pushlab.report.texts", locale);
  }

  private Object said(Object argument) {
    return argument instanceof Phrase phrase ? phrase.in(this) : argument;
  }

  /// `text` with its punctuation as this language sets it: in French, what has a space before it
  /// stays on the line of its word.
  String spaced(String text) {
    return this == ENGLISH ? text : TIED.matcher(text).replaceAll("\u00a0");
  }

  /// Whether so many are spoken of in the singular.
  boolean isOne(double count) {
    return this == ENGLISH ? count == 1 : Math.abs(count) < 2;
  }

  /// `values` by a pattern of [String#format].
  String write(String pattern, Object... values) {
    return String.format(locale, pattern, values);
  }

  /// All digits of `value`, none of them grouped.
  String write(BigDecimal value) {
    return write("%." + Math.max(0, value.stripTrailingZeros().scale()) + "f", value);
  }
}
