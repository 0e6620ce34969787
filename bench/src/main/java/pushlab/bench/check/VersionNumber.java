package pushlab.bench.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;

/// A version as the server wrote it: any JSON number, because a version may be a timestamp with a
/// fraction.
///
/// @param number without trailing zeros, so that `1.50` equals `1.5`
record VersionNumber(BigDecimal number) implements Comparable<VersionNumber> {

  /// More digits than any clock has. The limit protects the memory.
  private static final int MOST_DIGITS = 40;

  private static final String NUMBER = "-?[0-9]{1,40}(\\.[0-9]{1,40})?";

  VersionNumber {
    number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
  }

  /// The version in `json`, a number or a number written as text; otherwise empty.
  static Optional<VersionNumber> of(JsonNode json) {
    if (json.isTextual() && json.textValue().matches(NUMBER)) {
      return Optional.of(new VersionNumber(new BigDecimal(json.textValue())));
    }
    if (!json.isNumber()) {
      return Optional.empty();
    }
    BigDecimal number = json.decimalValue();
    boolean shown =
        number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
    return shown ? Optional.of(new VersionNumber(number)) : Optional.empty();
  }

  boolean isNewerThan(VersionNumber other) {
    return compareTo(other) > 0;
  }

  VersionNumber plus(long more) {
    return new VersionNumber(number.add(BigDecimal.valueOf(more)));
  }

  /// This version minus `other`.
  BigDecimal above(VersionNumber other) {
    return number.subtract(other.number);
  }

  /// Whether it has a fraction, and so is not a count of updates.
  boolean isFraction() {
    return number.scale() > 0;
  }

  @Override
  public int compareTo(VersionNumber other) {
    return number.compareTo(other.number);
  }

  /// All digits without an exponent, as a client sends them.
  @Override
  public String toString() {
    return number.toPlainString();
  }
}
