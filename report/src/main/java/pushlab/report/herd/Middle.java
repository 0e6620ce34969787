package pushlab.report.herd;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.herd.HerdTrial;

/// One value of all trials with the same settings: their median, and the least and the greatest.
public record Middle(double median, double low, double high) {

  /// Of one value or more.
  static Middle of(List<HerdTrial> trials, ToDoubleFunction<HerdTrial> value) {
    double[] sorted = trials.stream().mapToDouble(value).sorted().toArray();
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Middle(median, sorted[0], sorted[sorted.length - 1]);
  }

  /// The same; null if a trial does not know the value.
  static @Nullable Middle known(
      List<HerdTrial> trials, Function<HerdTrial, @Nullable Double> value) {
    return trials.stream().anyMatch(trial -> value.apply(trial) == null)
        ? null
        : of(trials, trial -> requireNonNull(value.apply(trial)));
  }
}
