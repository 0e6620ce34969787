package pushlab.report.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.Measure;
import pushlab.report.result.Cell;
import pushlab.report.result.Repeat;

/// A quantity that the model estimates for a workload, of all clients together.
public enum ModelQuantity {
  /// Median of the corrected latency over loopback.
  DELIVERY_MEDIAN("deliveryMedianMicros"),
  /// 99th percentile of the same.
  DELIVERY_P99("deliveryP99Micros"),
  /// Until the last client has an update; the median over updates.
  HERD("untilLastMicros"),
  /// For push and long polling the lateness that gives the measured staleness, in microseconds;
  /// for short polling the staleness itself, in milliseconds.
  STALENESS("staleness"),
  /// Microseconds in a second, without compiling.
  SERVER_CPU("serverCpuMicros"),
  /// Bytes in a second, without those of the snapshots.
  BYTES_OUT("bytesOut"),
  /// Bytes in a second.
  BYTES_IN("bytesIn"),
  /// Requests in a second.
  REQUESTS("requests"),
  /// Heap, in KiB.
  MEMORY("memoryKiB");

  private final String id;

  ModelQuantity(String id) {
    this.id = id;
  }

  /// Its name in JSON, the unit within.
  @JsonValue
  public String id() {
    return id;
  }

  /// What a cell measured.
  ///
  /// @return null if it was not measured
  @Nullable Double of(Cell cell, ModelLoad load) {
    List<Repeat> all = cell.repeats();
    double seconds = ModelLoad.seconds(all);
    return switch (this) {
      case DELIVERY_MEDIAN -> Measure.DELIVERY_MEDIAN.of(all);
      case DELIVERY_P99 -> Measure.DELIVERY_P99.of(all);
      case HERD -> Measure.HERD.of(all);
      case STALENESS -> {
        Double stale = Measure.STALENESS.of(all);
        yield stale == null || load.intervalMillis() > 0
            ? stale
            : Double.valueOf(1000 * Staleness.lateness(stale, load.periodMillis()));
      }
      case SERVER_CPU -> known(all.stream().mapToDouble(Measure::serverCpu).sum() / seconds);
      case BYTES_OUT ->
          all.stream().mapToLong(it -> it.traffic().bytesOut() - it.traffic().payloadBytes()).sum()
              / seconds;
      case BYTES_IN -> all.stream().mapToLong(it -> it.traffic().bytesIn()).sum() / seconds;
      case REQUESTS -> all.stream().mapToLong(it -> it.traffic().requests()).sum() / seconds;
      case MEMORY -> {
        Double heap = Measure.MEMORY.of(all);
        yield heap == null ? null : Double.valueOf(heap * cell.clients());
      }
    };
  }

  private static @Nullable Double known(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
