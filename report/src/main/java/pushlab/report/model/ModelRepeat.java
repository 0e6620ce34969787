package pushlab.report.model;

import pushlab.report.result.Cell;
import pushlab.report.result.Repeat;
import pushlab.report.result.Transport.Asking;

/// A repeat of a cell with the quantities that the model needs.
record ModelRepeat(Cell cell, Repeat repeat) {

  /// The interval of short polling, 0 for every other transport.
  static double intervalMillis(Cell cell) {
    Long millis = cell.pollIntervalMillis();
    return millis == null ? 0 : millis;
  }

  double intervalMillis() {
    return intervalMillis(cell);
  }

  double clients() {
    return cell.clients();
  }

  /// The number of answers without a new version.
  double empty() {
    return cell.transport().asking() == Asking.ONCE
        ? 0
        : Math.max(0, repeat.traffic().requests() - repeat.deliveries().delivered());
  }

  /// The mean time between two updates over the whole measurement, its end included.
  double periodMillis() {
    return 1000 * repeat.seconds() / repeat.updates().due();
  }

  /// Heap and kernel memory of all connections; not a number if it is unknown.
  double memoryKiB() {
    Double heap = repeat.server().heapKiBPerConnection();
    Double kernel = repeat.server().kernelKiBPerConnection();
    return heap == null ? Double.NaN : (heap + (kernel == null ? 0 : kernel)) * clients();
  }
}
