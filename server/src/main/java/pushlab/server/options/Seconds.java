package pushlab.server.options;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;

/// Reads a time: a number and its unit, such as 500ms, 25s or 1m.
final class Seconds implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    try {
      return text.endsWith("ms")
          ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
          : Duration.parse("PT" + text);
    } catch (NumberFormatException | DateTimeParseException _) {
      throw new CommandLine.TypeConversionException(
          "'%s' is no time; a time is a number and its unit, such as 500ms, 25s or 1m"
              .formatted(text));
    }
  }
}
