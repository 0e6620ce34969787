package pushlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.CellSummary;
import pushlab.report.result.Percentiles;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// A cell as a row of the table of all cells.
///
/// @param notes why no verdict rests on it, then cautions
record CellRow(String id, List<Phrase> values, List<String> logs, List<Phrase> notes) {

  /// The columns' heads, in the order of `values`.
  static final List<Phrase> COLUMNS =
      Stream.of(
              "transport",
              "clients",
              "rate",
              "repeats",
              "expected",
              "delivered",
              "skipped",
              "missing",
              "repeated",
              "backward",
              "errors",
              "disconnects",
              "not-sent",
              "raw",
              "corrected",
              "staleness",
              "requests",
              "bytes",
              "payload",
              "cpu",
              "user",
              "compiling",
              "allocated",
              "pauses",
              "instrument",
              "memory",
              "process",
              "busy",
              "connect")
          .map(column -> Phrase.of("cell." + column))
          .toList();

  static CellRow of(CellSummary cell) {
    var notes = new ArrayList<Phrase>();
    cell.unfit().forEach(why -> notes.add(Phrase.of("cell.no-verdict", why)));
    notes.addAll(cell.cautions());
    return new CellRow(
        cell.id(),
        List.of(
            cell.phrase(),
            count(cell.clients()),
            Phrase.number(Text.number(cell.updatesPerSecond())),
            count(cell.repeats()),
            count(cell.expected()),
            count(cell.delivered()),
            count(cell.skipped()),
            count(cell.missing()),
            count(cell.repeated()),
            count(cell.backward()),
            count(cell.errors()),
            count(cell.disconnects()),
            count(cell.updatesNotSent()),
            raw(cell.latencyMicros()),
            corrected(cell.correctedLatencyMicros()),
            Phrase.number(cell.stalenessMillis(), Text::millis),
            Phrase.number(cell.requestsPerDelivery(), Text::significant),
            all(
                Phrase.number(cell.bytesOutPerDelivery(), Text::significant),
                Phrase.number(cell.bytesInPerDelivery(), Text::significant)),
            Phrase.number(cell.payloadBytesPerDelivery(), Text::significant),
            Phrase.number(cell.serverCpuMicrosPerDelivery(), Text::micros),
            Phrase.number(cell.serverUserMicrosPerDelivery(), Text::micros),
            Phrase.number(cell.serverCompileShare(), Text::percent),
            Phrase.number(cell.allocatedBytesPerDelivery(), Text::bytes),
            all(
                Phrase.number(number(cell.pauses()), Text::significant),
                Phrase.number(number(cell.longestPauseMicros()), Text::micros)),
            Phrase.number(cell.instrumentCpuMicrosPerDelivery(), Text::micros),
            all(
                Phrase.number(cell.memoryKiBPerIdleConnection(), Text::kib),
                Phrase.number(cell.kernelKiBPerConnection(), Text::kib)),
            Phrase.number(number(cell.residentKiB()), CellRow::mib),
            all(
                Phrase.number(Text.percent(cell.busyShare())),
                Phrase.number(cell.otherShare(), Text::percent)),
            all(
                Phrase.number(Text.millis(cell.connectMillis())),
                Phrase.number(cell.connectionsPerSecond(), Text::significant))),
        cell.logs(),
        notes);
  }

  private static @Nullable Double number(@Nullable Long value) {
    return value == null ? null : value.doubleValue();
  }

  private static String mib(double kib) {
    return Text.significant(kib / 1024) + " MiB";
  }

  private static Phrase raw(@Nullable Percentiles latency) {
    return latency == null
        ? Phrase.of("unknown")
        : all(micros(latency.p50()), micros(latency.p99()), micros(latency.max()));
  }

  private static Phrase corrected(@Nullable Percentiles latency) {
    return latency == null
        ? Phrase.of("unknown")
        : all(
            micros(latency.p50()),
            micros(latency.p99()),
            micros(latency.p999()),
            micros(latency.max()));
  }

  private static Phrase micros(long micros) {
    return Phrase.number(Text.micros(micros));
  }

  private static Phrase count(long count) {
    return Phrase.number(Text.count(count));
  }

  /// Parted by semicolons: a comma may stand within a number.
  private static Phrase all(Phrase... values) {
    return Phrase.joined("; ", List.of(values));
  }
}
