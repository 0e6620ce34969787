package pushlab.report.model;

import com.fasterxml.jackson.annotation.JsonValue;

/// A quantity that the model estimates for a workload.
public enum ModelQuantity {
  /// Median of the corrected latency over loopback: `constant` + `client` × clients, and half a
  /// poll interval.
  DELIVERY_MEDIAN("deliveryMedianMicros"),
  /// 99th percentile of the same, with 0.99 poll intervals.
  DELIVERY_P99("deliveryP99Micros"),
  /// Mean age of the version that clients show, from the median: `spread` × half its square × the
  /// update rate.
  STALENESS("stalenessMillis"),
  /// `delivery` × deliveries + `emptyAnswer` × answers without a new version + `update` × updates
  /// + `connectionSecond` × connected seconds of all clients.
  SERVER_CPU("serverCpuMicros"),
  /// The same without `update`, and without the bytes of the snapshots.
  BYTES_OUT("bytesOut"),
  /// The same without `update`; clients send no snapshots.
  BYTES_IN("bytesIn"),
  /// One per poll interval, one per delivery, or none, depending on the transport.
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
