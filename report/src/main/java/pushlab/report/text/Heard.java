package pushlab.report.text;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What an English sentence says, found again in the texts, so that it can be said in each
/// language. A run keeps sentences and no keys, since they are read without a report too.
public final class Heard {

  private Heard() {}

  /// The text among those whose keys begin with one of `prefixes` that reads `english`, or else
  /// `english` itself in every language. What it has for each `%s` may be a noun.
  public static Phrase of(String english, String... prefixes) {
    return Stream.of(prefixes)
        .flatMap(Language.ENGLISH::keys)
        // A longer text says more of the sentence itself, and leaves less to its arguments.
        .sorted(comparingInt((String key) -> Language.ENGLISH.say(key).length()).reversed())
        .flatMap(key -> as(key, english).stream())
        .findFirst()
        .orElse(Phrase.verbatim(english));
  }

  private static Optional<Phrase> as(String key, String english) {
    Matcher heard = pattern(Language.ENGLISH.say(key)).matcher(english);
    return heard.matches() ? Optional.of(Phrase.of(key, arguments(heard))) : Optional.empty();
  }

  private static Object[] arguments(Matcher heard) {
    return IntStream.rangeClosed(1, heard.groupCount())
        .mapToObj(i -> of(heard.group(i), "noun.", "transport."))
        .toArray();
  }

  private static Pattern pattern(String text) {
    return Pattern.compile(
        Arrays.stream(text.split("%s", -1)).map(Pattern::quote).collect(joining("(.*?)")),
        Pattern.DOTALL);
  }
}
