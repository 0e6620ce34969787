package pushlab.bench.network;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Network;

/// A network as a user describes it, part by part.
final class Description {

  private static final Pattern VALUE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)([a-z%]*)");
  private static final Map<String, Integer> MILLIS = Map.of("ms", 1, "s", 1000);
  private static final Map<String, Integer> PERCENT = Map.of("%", 1);
  private static final Map<String, Integer> KILOBITS =
      Map.of("kbit", 1, "mbit", 1000, "gbit", 1_000_000);

  private static final double LONGEST_MILLIS = 5000;
  private static final double MOST_PERCENT = 50;
  private static final double LEAST_KILOBITS = 10;
  private static final double MOST_KILOBITS = 10_000_000;

  private final Set<String> taken = new HashSet<>();
  private double roundTripMillis;
  private double jitterMillis;
  private double lossPercent;
  private @Nullable Double kilobits;

  /// Takes a part such as `rtt=80ms`.
  ///
  /// @throws IllegalArgumentException if it is unknown, impossible, or occurs twice
  void take(String part) {
    int equals = part.indexOf('=');
    String key = part.substring(0, equals).strip();
    String value = part.substring(equals + 1).strip();
    switch (key) {
      case "rtt" -> roundTripMillis = number(part, value, MILLIS, 0, LONGEST_MILLIS, "0ms to 5s");
      case "jitter" -> jitterMillis = number(part, value, MILLIS, 0, LONGEST_MILLIS, "0ms to 5s");
      case "loss" -> lossPercent = number(part, value, PERCENT, 0, MOST_PERCENT, "0% to 50%");
      case "rate" ->
          kilobits =
              number(part, value, KILOBITS, LEAST_KILOBITS, MOST_KILOBITS, "10kbit to 10gbit");
      default ->
          throw new IllegalArgumentException(
              "a network has no '%s'; it has rtt, loss, rate and jitter".formatted(key));
    }
    if (!taken.add(key)) {
      throw new IllegalArgumentException(
          "'%s' is given twice; each described network needs an option of its own".formatted(key));
    }
  }

  private static double number(
      String part,
      String value,
      Map<String, Integer> units,
      double least,
      double most,
      String range) {
    Matcher found = VALUE.matcher(value);
    Integer unit = found.matches() ? units.get(found.group(2)) : null;
    double number =
        unit == null
            ? Double.NaN
            : new BigDecimal(found.group(1)).multiply(BigDecimal.valueOf(unit)).doubleValue();
    // Not a number is in no range.
    if (!(number >= least && number <= most)) {
      throw new IllegalArgumentException(
          "'%s' is impossible: %s is from %s"
              .formatted(part, part.substring(0, part.indexOf('=')).strip(), range));
    }
    return number;
  }

  /// The network. Its name tells its parts, for example `80ms-1pct-5mbit`.
  ///
  /// @throws IllegalArgumentException if the jitter is larger than the delay of one way
  Network network() {
    if (jitterMillis > roundTripMillis / 2) {
      throw new IllegalArgumentException(
          "'jitter=%sms' is impossible: jitter is from 0ms to half the round trip, here %sms"
              .formatted(plain(jitterMillis), plain(roundTripMillis / 2)));
    }
    double loss = BigDecimal.valueOf(lossPercent).movePointLeft(2).doubleValue();
    Double megabits =
        kilobits == null ? null : BigDecimal.valueOf(kilobits).movePointLeft(3).doubleValue();
    return new Network(name(), roundTripMillis, jitterMillis, loss, megabits);
  }

  private String name() {
    var name = new StringBuilder(plain(roundTripMillis)).append("ms");
    if (jitterMillis > 0) {
      name.append("-jitter").append(plain(jitterMillis)).append("ms");
    }
    if (lossPercent > 0) {
      name.append('-').append(plain(lossPercent)).append("pct");
    }
    if (kilobits != null) {
      name.append('-').append(rate(kilobits));
    }
    return name.toString();
  }

  private static String rate(double kilobits) {
    return kilobits >= 1000 ? plain(kilobits / 1000) + "mbit" : plain(kilobits) + "kbit";
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number)
        .setScale(6, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
