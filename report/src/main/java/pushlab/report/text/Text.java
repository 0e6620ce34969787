package pushlab.report.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import pushlab.report.stat.Interval;

/// Numbers as a reader wants them: three digits that matter and the unit at hand.
public final class Text {

  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\t\\n\\r]]");

  private Text() {}

  /// A duration given in microseconds, or a difference of two.
  public static String micros(double micros) {
    if (Math.abs(micros) < 1000) {
      return significant(micros) + " µs";
    }
    if (Math.abs(micros) < 1_000_000) {
      return significant(micros / 1000) + " ms";
    }
    return significant(micros / 1_000_000) + " s";
  }

  public static String micros(long micros) {
    return micros((double) micros);
  }

  /// A duration given in milliseconds.
  public static String millis(double millis) {
    return micros(1000 * millis);
  }

  public static String bytes(double bytes) {
    return significant(bytes) + " B";
  }

  public static String kib(double kib) {
    return significant(kib) + " KiB";
  }

  public static String significant(double value) {
    if (!Double.isFinite(value)) {
      return "not known";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(3));
    if (Math.abs(value) < 1) {
      return rounded.stripTrailingZeros().toPlainString();
    }
    int decimals = Math.max(0, 3 - (rounded.precision() - rounded.scale()));
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /// A share, from 0 to 1, in percent.
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  /// From one to the other, the unit only once where both have the same; empty where they read the
  /// same.
  public static String range(String lowest, String highest) {
    if (lowest.equals(highest)) {
      return "";
    }
    int unit = lowest.lastIndexOf(' ');
    boolean same = unit >= 0 && highest.endsWith(lowest.substring(unit));
    return (same ? lowest.substring(0, unit) : lowest) + " to " + highest;
  }

  /// The same of the ends of `interval`.
  public static String range(Interval interval, DoubleFunction<String> number) {
    return range(number.apply(interval.low()), number.apply(interval.high()));
  }

  /// A whole number without a fraction, any other as it is.
  public static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /// JSON, fit to stand in a `script` element: nothing in it can end the element, and what is not
  /// to be seen is escaped.
  public static String embedded(String json) {
    return shown(json.replace("<", "\\u003c"));
  }

  /// `text` with what is not to be seen and has no use in a text written as JSON escapes it: an
  /// escape that colours a terminal, a mark that turns the direction of writing.
  static String shown(String text) {
    return UNSEEN
        .matcher(text)
        .replaceAll(unseen -> Matcher.quoteReplacement(escapes(unseen.group())));
  }

  private static String escapes(String unseen) {
    return unseen
        .chars()
        .mapToObj(one -> String.format(Locale.ROOT, "\\u%04x", one))
        .collect(Collectors.joining());
  }

  /// A file's name as a segment of a link's path (RFC 3986, section 3.3).
  public static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
