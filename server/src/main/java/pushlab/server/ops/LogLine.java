package pushlab.server.ops;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A log entry on one line: time in UTC, level, logger, message, and the class and message of the
/// exception and each of its causes. Control characters are escaped.
public final class LogLine extends Formatter {

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

  @Override
  public String format(LogRecord entry) {
    String line =
        "%s %s %s: %s%s"
            .formatted(
                time(entry.getInstant()),
                entry.getLevel().getName(),
                entry.getLoggerName(),
                formatMessage(entry),
                thrown(entry.getThrown()));
    return CONTROL
            .matcher(line)
            .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)))
        + "\n";
  }

  /// `time` in UTC, to the millisecond.
  static String time(Instant time) {
    return TIME.format(time);
  }

  private static String thrown(@Nullable Throwable thrown) {
    var text = new StringBuilder();
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      text.append("; ").append(each);
    }
    return text.toString();
  }
}
