package pushlab.report.text;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A language of a report. Its texts are in `texts_<id>.properties`.
public enum Language {
  ENGLISH(Locale.ENGLISH),
  FRENCH(Locale.FRENCH);

  private static final Pattern TIED =
      Pattern.compile("^(?=[:;])| (?=[:;?!»]|%(?![s\\d]))|(?<=«) |(?<=\\d) (?=\\d{3}(?!\\d))");

  private final Locale locale;

  Language(Locale locale) {
    this.locale = locale;
  }

  /// The language that an environment asks for. As in POSIX, the first of `LC_ALL`, `LC_MESSAGES`
  /// and `LANG` decides that is not empty: French if it begins with `fr`, else English.
  public static Language of(Map<String, String> environment) {
    return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
        .map(variable -> environment.getOrDefault(variable, ""))
        .filter(locale -> !locale.isEmpty())
        .findFirst()
        .filter(locale -> locale.toLowerCase(Locale.ROOT).startsWith(FRENCH.id()))
        .map(_ -> FRENCH)
        .orElse(ENGLISH);
  }

  /// Its code, for example `en`.
  public String id() {
    return locale.getLanguage();
  }

  /// The keys that begin with `prefix`.
  public Stream<String> keys(String prefix) {
    return texts().keySet().stream().filter(key -> key.startsWith(prefix)).sorted();
  }

  /// Whether there is a text of that key.
  boolean has(String key) {
    return texts().containsKey(key);
  }

  /// The text of that key, with `arguments` where it has `%s`; those that are phrases are said in
  /// this language.
  ///
  /// @throws java.util.MissingResourceException if there is no such text
  String say(String key, Object... arguments) {
    return say(Bundle.REPORT, key, arguments);
  }

  /// The same of a text in `bundle`.
  String say(Bundle bundle, String key, Object... arguments) {
    String text = spaced(bundle.texts(locale).getString(key));
    return arguments.length == 0
        ? text
        : String.format(locale, text, Arrays.stream(arguments).map(this::said).toArray());
  }

  private ResourceBundle texts() {
    return Bundle.REPORT.texts(locale);
  }

  private Object said(Object argument) {
    return argument instanceof Phrase phrase ? phrase.in(this) : argument;
  }

  /// `text` with the punctuation of this language: in French, a no-break space ties a sign to the
  /// word before it.
  String spaced(String text) {
    return this == ENGLISH ? text : TIED.matcher(text).replaceAll("\u00a0");
  }

  /// Whether the language uses the singular for this count.
  boolean isOne(double count) {
    return this == ENGLISH ? count == 1 : Math.abs(count) < 2;
  }

  /// `value` with so many decimals, its digits in groups of three.
  String write(double value, int decimals) {
    return String.format(locale, "%,." + decimals + "f", value);
  }

  /// All digits of `value`, none of them grouped.
  String write(BigDecimal value) {
    int decimals = Math.max(0, value.stripTrailingZeros().scale());
    return String.format(locale, "%." + decimals + "f", value);
  }
}
