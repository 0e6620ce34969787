package pushlab.report.model;

import com.fasterxml.jackson.annotation.JsonValue;

/// What the model tells of a workload.
public enum ModelQuantity {
  /// Median of the corrected latency over loopback: `constant` + `client` × clients, and half a
  /// poll interval.
  DELIVERY_MEDIAN("deliveryMedianMicros"),
  /// 99th percentile of the same, with 0.99 poll intervals.
  DELIVERY_P99("deliveryP99Micros"),
  /// Mean age of what clients show, from the median: `spread` × half its square × the update rate.
  STALENESS("stalenessMillis"),
  /// `delivery` × deliveries + `emptyAnswer` × answers that brought nothing + `update` × updates +
  /// `connectionSecond` × seconds that a client was connected.
  SERVER_CPU("serverCpuMicros"),
  /// The same without `update`; the snapshots themselves are not in it.
  BYTES_OUT("bytesOut"),
  /// The same without `update`; clients send no snapshots.
  BYTES_IN("bytesIn"),
  /// One a poll interval, or one a delivery, or none.
  REQUESTS("requests"),
  /// Heap and kernel: `client` × clients.
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
}
