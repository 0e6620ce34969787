package pushlab.report.result;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A sentence, or a part of one, in English, together with what it is made of: with these a report
/// says it in another language.
///
/// @param text in English
/// @param key of the text in each language; null where `text` is the same in all of them
/// @param arguments what is put into that text, one for each `%s`
public record Said(String text, @Nullable String key, List<Said> arguments) {

  public Said {
    arguments = List.copyOf(arguments);
  }

  /// A name, a number or a foreign message: the same in every language.
  public static Said verbatim(String text) {
    return new Said(text, null, List.of());
  }

  /// The text of that `key`, which in English is `pattern`.
  public static Said of(String key, String pattern, Said... arguments) {
    Object[] texts = Arrays.stream(arguments).map(Said::text).toArray();
    return new Said(pattern.formatted(texts), key, List.of(arguments));
  }

  /// The name of a transport.
  public static Said of(Transport transport) {
    return of("transport." + transport.id(), transport.title());
  }
}
