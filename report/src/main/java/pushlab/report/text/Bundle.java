package pushlab.report.text;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;

/// The texts of a module, in each language: those of the resource bundle of that name.
public record Bundle(String name) {

  static final Bundle REPORT = new Bundle("pushlab.report.texts");

  /// The text of that key; `arguments` may be phrases.
  public Phrase phrase(String key, Object... arguments) {
    return language -> language.say(this, key, arguments);
  }

  /// All keys in `language`.
  public Stream<String> keys(Language language) {
    return texts(Locale.of(language.id())).keySet().stream().sorted();
  }

  /// Read once: bundles are cached.
  ResourceBundle texts(Locale locale) {
    return ResourceBundle.getBundle(name, locale);
  }
}
