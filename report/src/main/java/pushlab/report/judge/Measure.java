package pushlab.report.judge;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Repeat;
import pushlab.report.stat.Observation;
import pushlab.report.stat.Scatter;
import pushlab.report.stat.Spread;
import pushlab.report.text.Language;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// What verdicts compare. Lower is better for each measure.
public enum Measure {
  /// Median of the corrected latency, in microseconds; over several repeats, the mean of theirs.
  DELIVERY_MEDIAN("deliveryMedianMicros"),
  /// 99th percentile of the corrected latency, in microseconds; over several repeats, the mean of
  /// theirs.
  DELIVERY_P99("deliveryP99Micros"),
  /// Median, over the updates, of the time until the last client has it, in microseconds.
  HERD("untilLastMicros"),
  /// Mean age of what clients show, in milliseconds.
  STALENESS("stalenessMillis"),
  /// CPU time of the server for one delivery, in microseconds, without that of its JIT compilers.
  SERVER_CPU("serverCpuMicrosPerDelivery"),
  /// Bytes out and in for one delivery.
  BYTES("bytesPerDelivery"),
  /// Requests for one delivery.
  REQUESTS("requestsPerDelivery"),
  /// Live heap of the server for one connected, waiting client, in KiB.
  MEMORY("memoryKiBPerIdleConnection");

  private final String id;

  Measure(String id) {
    this.id = id;
  }

  /// Its name in JSON, which contains its unit.
  @JsonValue
  public String id() {
    return id;
  }

  /// Its name for a reader.
  public Phrase phrase() {
    return Phrase.of("measure." + id);
  }

  /// A value of this measure with its unit, in each language.
  public Phrase phrase(double value) {
    return Phrase.number(value, this::text);
  }

  /// A value of this measure with its unit, in `language`.
  public String text(double value, Language language) {
    return switch (this) {
      case DELIVERY_MEDIAN, DELIVERY_P99, HERD, SERVER_CPU -> Text.micros(value, language);
      case STALENESS -> Text.millis(value, language);
      case BYTES -> Text.bytes(value, language);
      case REQUESTS -> Text.significant(value, language);
      case MEMORY -> Text.kib(value, language);
    };
  }

  /// Whether it is a delay: a time of delivery, or staleness.
  boolean isDelay() {
    return switch (this) {
      case DELIVERY_MEDIAN, DELIVERY_P99, HERD, STALENESS -> true;
      case SERVER_CPU, BYTES, REQUESTS, MEMORY -> false;
    };
  }

  /// Whether it is a time, which everything else on the machine can change. The other measures are
  /// counts.
  public boolean isTimed() {
    return isDelay() || this == SERVER_CPU;
  }

  /// By what a value is divided to get the unit in which figures show it.
  public double drawnUnit() {
    return switch (this) {
      case DELIVERY_MEDIAN, DELIVERY_P99, HERD -> 1000;
      case STALENESS, SERVER_CPU, BYTES, REQUESTS, MEMORY -> 1;
    };
  }

  /// The value over all of `repeats`: a ratio is the sum of one divided by the sum of the other.
  ///
  /// @return null when it was not measured, or nothing was delivered to divide by
  public @Nullable Double of(List<Repeat> repeats) {
    return switch (this) {
      case DELIVERY_MEDIAN ->
          mean(repeats, repeat -> repeat.delays().correctedLatencyMicros().p50());
      case DELIVERY_P99 -> mean(repeats, repeat -> repeat.delays().correctedLatencyMicros().p99());
      case HERD -> mean(repeats, repeat -> repeat.delays().untilLastMicros().p50());
      case STALENESS ->
          ratio(
              repeats,
              repeat -> repeat.delays().stalenessMillis() * repeat.seconds(),
              Repeat::seconds);
      case SERVER_CPU -> perDelivery(repeats, Measure::serverCpu);
      case BYTES ->
          perDelivery(repeats, repeat -> repeat.traffic().bytesOut() + repeat.traffic().bytesIn());
      case REQUESTS -> perDelivery(repeats, repeat -> repeat.traffic().requests());
      case MEMORY -> mean(repeats, Measure::memory);
    };
  }

  /// The value with its spread over the repeats; null if a repeat does not know it.
  @Nullable Spread spread(List<Repeat> repeats, Disturbances disturbances, Scatter scatter) {
    return knows(repeats)
        ? Spread.of(
            repeats,
            drawn -> requireNonNull(of(drawn)),
            repeat -> isDisturbed(repeat, disturbances),
            scatter)
        : null;
  }

  /// The values of the single repeats; empty if a repeat does not know it.
  List<Observation> observations(List<Repeat> repeats, Disturbances disturbances) {
    return knows(repeats)
        ? repeats.stream()
            .map(
                repeat ->
                    new Observation(
                        requireNonNull(of(List.of(repeat))), isDisturbed(repeat, disturbances)))
            .toList()
        : List.of();
  }

  private boolean knows(List<Repeat> repeats) {
    return !repeats.isEmpty() && repeats.stream().allMatch(repeat -> of(List.of(repeat)) != null);
  }

  /// A count is the same whatever else happens on the machine.
  private boolean isDisturbed(Repeat repeat, Disturbances disturbances) {
    return isTimed() && disturbances.disturbed(repeat);
  }

  /// The sum of `part` over `repeats`, divided by their deliveries; null if it is unknown.
  static @Nullable Double perDelivery(List<Repeat> repeats, ToDoubleFunction<Repeat> part) {
    return ratio(repeats, part, repeat -> repeat.deliveries().delivered());
  }

  public static double serverCpu(Repeat repeat) {
    Long micros = repeat.server().steadyMicros();
    return micros == null ? Double.NaN : micros;
  }

  private static double memory(Repeat repeat) {
    Double kib = repeat.server().heapKiBPerConnection();
    return kib == null ? Double.NaN : kib;
  }

  private static @Nullable Double mean(List<Repeat> repeats, ToDoubleFunction<Repeat> part) {
    return ratio(repeats, part, _ -> 1);
  }

  /// The sum of one divided by the sum of the other; null if it is unknown.
  static @Nullable Double ratio(
      List<Repeat> repeats, ToDoubleFunction<Repeat> above, ToDoubleFunction<Repeat> below) {
    double ratio =
        repeats.stream().mapToDouble(above).sum() / repeats.stream().mapToDouble(below).sum();
    return Double.isFinite(ratio) ? ratio : null;
  }
}
