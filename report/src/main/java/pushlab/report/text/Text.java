package pushlab.report.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import pushlab.report.stat.Interval;

/// Numbers for a reader, with three significant digits and a unit of their size.
public final class Text {

  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\t\\n\\r]]");

  private Text() {}

  /// A duration given in microseconds, or a difference of two.
  public static String micros(double micros, Language language) {
    double size = Math.abs(micros);
    if (size < 1000) {
      return significant(micros, language) + " µs";
    }
    return size < 1_000_000
        ? significant(micros / 1000, language) + " ms"
        : seconds(micros / 1_000_000, language);
  }

  /// A duration given in milliseconds.
  public static String millis(double millis, Language language) {
    return micros(1000 * millis, language);
  }

  /// A duration given in seconds, in this unit whatever its size.
  public static String seconds(double seconds, Language language) {
    return significant(seconds, language) + " s";
  }

  public static String bytes(double bytes, Language language) {
    return significant(bytes, language) + " " + language.say("unit.byte");
  }

  /// An amount of memory given in KiB.
  public static String kib(double kib, Language language) {
    return significant(kib, language) + " Ki" + language.say("unit.byte");
  }

  /// An amount of memory given in KiB, written in MiB.
  public static String mib(double kib, Language language) {
    return significant(kib / 1024, language) + " Mi" + language.say("unit.byte");
  }

  /// Three significant digits; more before the decimal point.
  public static String significant(double value, Language language) {
    if (!Double.isFinite(value)) {
      return language.say("unknown");
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(3));
    if (Math.abs(value) < 1) {
      return language.write(rounded);
    }
    int decimals = Math.max(0, 3 - (rounded.precision() - rounded.scale()));
    return language.write(value, decimals);
  }

  /// A share, from 0 to 1, in percent.
  public static String percent(double share, Language language) {
    return language.write(100 * share, 0) + " %";
  }

  /// A share in percent, with three significant digits.
  public static String precisePercent(double share, Language language) {
    return significant(100 * share, language) + " %";
  }

  /// From one end to the other, the unit only once where both have the same; empty where both read
  /// the same.
  static String range(Interval interval, Format format, Language language) {
    String low = format.write(interval.low(), language);
    String high = format.write(interval.high(), language);
    if (low.equals(high)) {
      return "";
    }
    int unit = low.lastIndexOf(' ');
    boolean same = unit >= 0 && high.endsWith(low.substring(unit));
    return (same ? low.substring(0, unit) : low) + language.say("to") + high;
  }

  /// Whether both ends of `interval` read the same.
  public static boolean isOnePoint(Interval interval, Format format) {
    return range(interval, format, Language.ENGLISH).isEmpty();
  }

  /// A whole number without a fraction, any other as it is.
  public static String number(double value, Language language) {
    return language.write(BigDecimal.valueOf(value));
  }

  /// A whole number.
  public static String count(double value, Language language) {
    return language.write(value, 0);
  }

  /// JSON that can be embedded in a `script` element: nothing in it can end the element, and
  /// invisible characters are escaped.
  public static String embedded(String json) {
    return shown(json.replace("<", "\\u003c"));
  }

  /// `text` with its invisible characters escaped as in JSON, such as an escape sequence that
  /// colors a terminal, or a mark that turns the direction of writing. Tabs and line breaks stay.
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
}
