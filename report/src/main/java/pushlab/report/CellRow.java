package pushlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Percentiles;

/// A cell as a row of the table of all cells.
///
/// @param notes why no verdict rests on it, then cautions
record CellRow(String id, List<String> values, List<String> logs, List<String> notes) {

  /// The columns' heads, in the order of `values`.
  static final List<String> COLUMNS =
      List.of(
          "Transport",
          "Clients",
          "Updates a second",
          "Repeats",
          "Expected",
          "Delivered",
          "Skipped",
          "Missing",
          "Repeated",
          "Backward",
          "Errors",
          "Disconnects",
          "Not sent",
          "Raw p50, p99, max",
          "Corrected p50, p99, p99.9, max",
          "Staleness",
          "Requests per delivery",
          "Bytes out, in per delivery",
          "Of these, payload",
          "Server CPU per delivery",
          "Of this, its own code",
          "Of all, compiling",
          "Allocated per delivery",
          "Pauses at most, the longest",
          "Instrument CPU per delivery",
          "Heap, kernel memory per idle connection",
          "Process",
          "Cores busy, for others",
          "Connect");

  static CellRow of(CellSummary cell) {
    var notes = new ArrayList<String>();
    cell.unfit().forEach(why -> notes.add("no verdict: " + why));
    notes.addAll(cell.cautions());
    return new CellRow(
        cell.id(),
        List.of(
            cell.label(),
            Text.count(cell.clients()),
            Text.number(cell.updatesPerSecond()),
            Text.count(cell.repeats()),
            Text.count(cell.expected()),
            Text.count(cell.delivered()),
            Text.count(cell.skipped()),
            Text.count(cell.missing()),
            Text.count(cell.repeated()),
            Text.count(cell.backward()),
            Text.count(cell.errors()),
            Text.count(cell.disconnects()),
            Text.count(cell.updatesNotSent()),
            raw(cell.latencyMicros()),
            corrected(cell.correctedLatencyMicros()),
            text(cell.stalenessMillis(), millis -> Text.micros(1000 * millis)),
            text(cell.requestsPerDelivery(), Text::significant),
            text(cell.bytesOutPerDelivery(), Text::significant)
                + ", "
                + text(cell.bytesInPerDelivery(), Text::significant),
            text(cell.payloadBytesPerDelivery(), Text::significant),
            text(cell.serverCpuMicrosPerDelivery(), Text::micros),
            text(cell.serverUserMicrosPerDelivery(), Text::micros),
            text(cell.serverCompileShare(), Text::percent),
            text(cell.allocatedBytesPerDelivery(), bytes -> Text.significant(bytes) + " B"),
            text(number(cell.pauses()), Text::significant)
                + ", "
                + text(number(cell.longestPauseMicros()), Text::micros),
            text(cell.instrumentCpuMicrosPerDelivery(), Text::micros),
            text(cell.memoryKiBPerIdleConnection(), CellRow::kib)
                + ", "
                + text(cell.kernelKiBPerConnection(), CellRow::kib),
            text(number(cell.residentKiB()), kib -> Text.significant(kib / 1024) + " MiB"),
            Text.percent(cell.busyShare()) + ", " + text(cell.otherShare(), Text::percent),
            Text.micros(1000 * cell.connectMillis())),
        cell.logs(),
        notes);
  }

  private static @Nullable Double number(@Nullable Long value) {
    return value == null ? null : value.doubleValue();
  }

  private static String kib(double kib) {
    return Text.significant(kib) + " KiB";
  }

  private static String raw(@Nullable Percentiles latency) {
    return latency == null
        ? "not known"
        : "%s, %s, %s"
            .formatted(
                Text.micros(latency.p50()), Text.micros(latency.p99()), Text.micros(latency.max()));
  }

  private static String corrected(@Nullable Percentiles latency) {
    return latency == null
        ? "not known"
        : "%s, %s, %s, %s"
            .formatted(
                Text.micros(latency.p50()),
                Text.micros(latency.p99()),
                Text.micros(latency.p999()),
                Text.micros(latency.max()));
  }

  private static String text(@Nullable Double value, DoubleFunction<String> format) {
    return value == null ? "not known" : format.apply(value);
  }
}
