package pushlab.report.text;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Delivery;
import pushlab.report.result.Network;
import pushlab.report.result.Said;
import pushlab.report.result.Transport;
import pushlab.report.stat.Interval;
import pushlab.report.stat.Ratio;

/// A text that exists in each language. In JSON it is in English.
@FunctionalInterface
public interface Phrase {

  /// The same in `language`.
  String in(Language language);

  /// The same in English.
  @JsonValue
  default String english() {
    return in(Language.ENGLISH);
  }

  /// The text of that key; `arguments` may be phrases.
  static Phrase of(String key, Object... arguments) {
    return language -> language.say(key, arguments);
  }

  /// A name, a code or any other text that is the same in every language.
  static Phrase verbatim(String text) {
    return _ -> text;
  }

  /// A sentence that a run keeps. One that this version has no text for is the same in every
  /// language.
  static Phrase of(Said said) {
    String key = said.key();
    if (key == null || !Language.ENGLISH.has(key)) {
      return verbatim(said.text());
    }
    Object[] arguments = said.arguments().stream().map(Phrase::of).toArray();
    return language -> language == Language.ENGLISH ? said.text() : language.say(key, arguments);
  }

  /// A number with its unit.
  static Phrase number(double value, Format format) {
    return language -> format.write(value, language);
  }

  /// The same of a whole number.
  static Phrase number(long value, Format format) {
    return number((double) value, format);
  }

  /// The same, or "not known" if it is null.
  static Phrase known(@Nullable Double value, Format format) {
    return value == null ? of("unknown") : number(value, format);
  }

  /// A count with its noun; `key` has a text for one and another for many.
  static Phrase count(double count, String key) {
    boolean whole = count == Math.rint(count);
    Phrase number = number(count, whole ? Text::count : Text::number);
    return language -> language.say(key + (language.isOne(count) ? ".one" : ".many"), number);
  }

  /// The same of a whole number.
  static Phrase count(long count, String key) {
    return count((double) count, key);
  }

  /// From one end to the other.
  static Phrase of(Interval interval, Format format) {
    return language -> Text.range(interval, format, language);
  }

  static Phrase of(Transport transport) {
    return of("transport." + transport.id());
  }

  static Phrase of(Delivery delivery) {
    return of("delivery." + delivery.id());
  }

  static Phrase of(Network network) {
    return network.isLoopback() ? of("network.loopback") : verbatim(network.name());
  }

  /// Clients of `transport` with their poll interval, if they have one.
  static Phrase of(Transport transport, @Nullable Long pollIntervalMillis) {
    return pollIntervalMillis == null
        ? of(transport)
        : of("every", of(transport), number(pollIntervalMillis, Text::millis));
  }

  /// For example `1.80 times (1.50 to 2.20)`.
  static Phrase of(Ratio ratio) {
    Phrase value = number(ratio.value(), Text::significant);
    Interval interval = ratio.interval();
    return interval == null || Text.isOnePoint(interval, Text::significant)
        ? of("times", value)
        : of("times.interval", value, of(interval, Text::significant));
  }

  /// The same within a sentence, with its article where the language wants one.
  static Phrase within(Transport transport) {
    return of("within." + transport.id());
  }

  /// A name in the form that it has within a sentence.
  default Phrase within() {
    return language -> {
      String said = in(language);
      return said.substring(0, 1).toLowerCase(Locale.ROOT) + said.substring(1);
    };
  }

  /// All of `parts`, with an "and" before the last.
  static Phrase all(List<? extends Phrase> parts) {
    return language -> {
      List<String> said = parts.stream().map(part -> part.in(language)).toList();
      String last = said.getLast();
      return said.size() == 1
          ? last
          : language.say("and", String.join(", ", said.subList(0, said.size() - 1)), last);
    };
  }

  /// All of `parts`, with `between` between them.
  static Phrase joined(String between, List<? extends Phrase> parts) {
    return language ->
        String.join(
            language.spaced(between), parts.stream().map(part -> part.in(language)).toList());
  }
}
