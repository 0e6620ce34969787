package pushlab.report;

import org.jspecify.annotations.Nullable;

/// How many times one measure is another.
///
/// @param interval null where one of both rests on a single repeat, or may be zero
public record Ratio(double value, @Nullable Interval interval) {

  /// For a reader, for example `1.80 times (1.50 to 2.20)`.
  String text() {
    String range = interval == null ? "" : interval.text(Text::significant);
    return Text.significant(value) + " times" + (range.isEmpty() ? "" : " (" + range + ")");
  }
}
