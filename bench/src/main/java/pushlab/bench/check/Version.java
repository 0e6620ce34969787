package pushlab.bench.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;

/// A version as a server wrote it: any number that JSON can write, as a timestamp may have a
/// fraction.
///
/// @param number without zeros at its end, so that `1.50` equals `1.5`
record Version(BigDecimal number) implements Comparable<Version> {

  /// More digits than any clock has; more would cost memory to write.
  private static final int MOST_DIGITS = 40;

  private static final String NUMBER = "-?[0-9]{1,40}(\\.[0-9]{1,40})?";

  Version {
    number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
  }

  /// The version in `json`, a number or one written as text; empty if it is neither.
  static Optional<Version> of(JsonNode json) {
    if (json.isTextual() && json.textValue().matches(NUMBER)) {
      return Optional.of(new Version(new BigDecimal(json.textValue())));
    }
    if (!json.isNumber()) {
      return Optional.empty();
    }
    BigDecimal number = json.decimalValue();
    boolean shown =
        number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
    return shown ? Optional.of(new Version(number)) : Optional.empty();
  }

  boolean isNewerThan(Version other) {
    return compareTo(other) > 0;
  }

  Version plus(long more) {
    return new Version(number.add(BigDecimal.valueOf(more)));
  }

  /// By how much this one is above `other`.
  BigDecimal above(Version other) {
    return number.subtract(other.number);
  }

  /// Whether it has a fraction, so that it counts no updates.
  boolean isFraction() {
    return number.scale() > 0;
  }

  @Override
  public int compareTo(Version other) {
    return number.compareTo(other.number);
  }

  /// As a client sends it: with all its digits and without an exponent.
  @Override
  public String toString() {
    return number.toPlainString();
  }
}
