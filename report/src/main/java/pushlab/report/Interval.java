package pushlab.report;

import java.util.function.DoubleFunction;

/// From where to where a number lies with a confidence of 95 %, by percentile bootstrap over
/// repeats.
public record Interval(double low, double high) {

  /// From one end to the other for a reader; empty where both read the same.
  String text(DoubleFunction<String> number) {
    return Text.range(number.apply(low), number.apply(high));
  }
}
