package pushlab.report.model;

import pushlab.report.result.Cell;
import pushlab.report.result.Repeat;
import pushlab.report.result.Transport.Asking;

/// A repeat of a cell, as the model looks at it.
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

  /// Answers that brought nothing.
  double empty() {
    return cell.transport().asking() == Asking.ONCE
        ? 0
        : Math.max(0, repeat.traffic().requests() - repeat.deliveries().delivered());
  }

  /// The time from one update to the next, the tail of the measurement shared out.
  double periodMillis() {
    return 1000 * repeat.seconds() / repeat.updates().due();
  }

  /// Heap and kernel memory of all connections; not a number where it is not known.
  double memoryKiB() {
    Double heap = repeat.server().heapKiBPerConnection();
    Double kernel = repeat.server().kernelKiBPerConnection();
    return heap == null ? Double.NaN : (heap + (kernel == null ? 0 : kernel)) * clients();
  }
}
