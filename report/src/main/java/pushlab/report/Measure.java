package pushlab.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Cell.Repeat;
import pushlab.report.result.Percentiles;

/// What verdicts compare. Less is better in every one of them.
public enum Measure {
  /// Median of the corrected latency, in microseconds.
  DELIVERY_MEDIAN("deliveryMedianMicros", "Delivery time, median"),
  /// 99th percentile of the corrected latency, in microseconds.
  DELIVERY_P99("deliveryP99Micros", "Delivery time, 99th percentile"),
  /// Mean age of what clients show, in milliseconds.
  STALENESS("stalenessMillis", "Staleness"),
  /// CPU time of the server for one delivery, in microseconds.
  SERVER_CPU("serverCpuMicrosPerDelivery", "Server CPU per delivery"),
  /// Bytes out and in for one delivery.
  BYTES("bytesPerDelivery", "Bytes per delivery, out and in"),
  /// Requests for one delivery.
  REQUESTS("requestsPerDelivery", "Requests per delivery"),
  /// Server memory for one connected, waiting client, in KiB.
  MEMORY("memoryKiBPerIdleConnection", "Memory per idle connection");

  private final String id;
  private final String title;

  Measure(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /// Its name in JSON, the unit within.
  @JsonValue
  public String id() {
    return id;
  }

  /// Its name for a reader.
  public String title() {
    return title;
  }

  /// A value of this measure with its unit, for a reader.
  public String text(double value) {
    return switch (this) {
      case DELIVERY_MEDIAN, DELIVERY_P99, SERVER_CPU -> Text.micros(value);
      case STALENESS -> Text.micros(1000 * value);
      case BYTES -> Text.significant(value) + " B";
      case REQUESTS -> Text.significant(value);
      case MEMORY -> Text.significant(value) + " KiB";
    };
  }

  /// The value over all of `repeats`: a ratio is the sum of one divided by the sum of the other.
  ///
  /// @param corrected the corrected latency of all of `repeats` together
  /// @return null when it was not measured, or nothing was delivered to divide by
  @Nullable Double of(List<Repeat> repeats, @Nullable Percentiles corrected) {
    return switch (this) {
      case DELIVERY_MEDIAN -> corrected == null ? null : (double) corrected.p50();
      case DELIVERY_P99 -> corrected == null ? null : (double) corrected.p99();
      case STALENESS ->
          ratio(repeats, repeat -> repeat.stalenessMillis() * repeat.seconds(), Repeat::seconds);
      case SERVER_CPU -> perDelivery(repeats, Measure::serverCpu);
      case BYTES -> perDelivery(repeats, repeat -> repeat.bytesOut() + repeat.bytesIn());
      case REQUESTS -> perDelivery(repeats, Repeat::requests);
      case MEMORY -> ratio(repeats, Measure::memory, _ -> 1);
    };
  }

  /// The sum of `part` over `repeats`, divided by their deliveries; null when it is not known.
  static @Nullable Double perDelivery(List<Repeat> repeats, ToDoubleFunction<Repeat> part) {
    return ratio(repeats, part, Repeat::delivered);
  }

  static double serverCpu(Repeat repeat) {
    Long micros = repeat.server().cpuMicros();
    return micros == null ? Double.NaN : micros;
  }

  private static double memory(Repeat repeat) {
    Double kib = repeat.server().heapKiBPerConnection();
    return kib == null ? Double.NaN : kib;
  }

  private static @Nullable Double ratio(
      List<Repeat> repeats, ToDoubleFunction<Repeat> above, ToDoubleFunction<Repeat> below) {
    double ratio =
        repeats.stream().mapToDouble(above).sum() / repeats.stream().mapToDouble(below).sum();
    return Double.isFinite(ratio) ? ratio : null;
  }
}
