package pushlab.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.CellSummary;
import pushlab.report.result.Percentiles;
import pushlab.report.text.Column;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// A cell as a row of the table of all cells.
///
/// @param notes why no verdict rests on it, then its own cautions
record CellRow(String id, List<Phrase> values, List<String> logs, List<Phrase> notes) {

  private static final List<Column<CellSummary>> TABLE =
      List.of(
          Column.of("cell.transport", CellSummary::phrase),
          Column.of("cell.clients", cell -> count(cell.subject().clients())),
          Column.of(
              "cell.rate", cell -> Phrase.number(cell.subject().updatesPerSecond(), Text::number)),
          Column.of("cell.repeats", cell -> count(cell.repeats())),
          Column.of("cell.expected", cell -> count(cell.deliveries().expected())),
          Column.of("cell.delivered", cell -> count(cell.deliveries().delivered())),
          Column.of("cell.skipped", cell -> count(cell.deliveries().skipped())),
          Column.of("cell.missing", cell -> count(cell.deliveries().missing())),
          Column.of("cell.repeated", cell -> count(cell.deliveries().repeated())),
          Column.of("cell.backward", cell -> count(cell.deliveries().backward())),
          Column.of("cell.errors", cell -> count(cell.faults().errors())),
          Column.of("cell.disconnects", cell -> count(cell.faults().disconnects())),
          Column.of("cell.not-sent", cell -> count(cell.updates().notSent())),
          Column.of("cell.raw", cell -> raw(cell.delays().latencyMicros())),
          Column.of("cell.corrected", cell -> corrected(cell.delays().correctedLatencyMicros())),
          Column.of(
              "cell.staleness",
              cell -> Phrase.known(cell.delays().stalenessMillis(), Text::millis)),
          Column.of(
              "cell.requests",
              cell -> Phrase.known(cell.traffic().requestsPerDelivery(), Text::significant)),
          Column.of(
              "cell.bytes",
              cell ->
                  all(
                      Phrase.known(cell.traffic().bytesOutPerDelivery(), Text::significant),
                      Phrase.known(cell.traffic().bytesInPerDelivery(), Text::significant))),
          Column.of(
              "cell.payload",
              cell -> Phrase.known(cell.payloadBytesPerDelivery(), Text::significant)),
          Column.of(
              "cell.cpu", cell -> Phrase.known(cell.serverCpu().microsPerDelivery(), Text::micros)),
          Column.of(
              "cell.user",
              cell -> Phrase.known(cell.serverCpu().userMicrosPerDelivery(), Text::micros)),
          Column.of(
              "cell.compiling",
              cell -> Phrase.known(cell.serverCpu().compileShare(), Text::percent)),
          Column.of(
              "cell.allocated",
              cell -> Phrase.known(cell.heap().allocatedBytesPerDelivery(), Text::bytes)),
          Column.of(
              "cell.pauses",
              cell ->
                  all(
                      Phrase.known(number(cell.heap().pauses()), Text::significant),
                      Phrase.known(number(cell.heap().longestPauseMicros()), Text::micros))),
          Column.of(
              "cell.instrument",
              cell -> Phrase.known(cell.instrumentCpuMicrosPerDelivery(), Text::micros)),
          Column.of(
              "cell.memory",
              cell ->
                  all(
                      Phrase.known(cell.memory().memoryKiBPerIdleConnection(), Text::kib),
                      Phrase.known(cell.memory().kernelKiBPerConnection(), Text::kib))),
          Column.of(
              "cell.process", cell -> Phrase.known(number(cell.memory().residentKiB()), Text::mib)),
          Column.of(
              "cell.busy",
              cell ->
                  all(
                      Phrase.number(cell.load().busyShare(), Text::percent),
                      Phrase.known(cell.load().otherShare(), Text::percent))),
          Column.of(
              "cell.connect",
              cell ->
                  all(
                      Phrase.number(cell.connectMillis(), Text::millis),
                      Phrase.known(cell.connectionsPerSecond(), Text::significant))));

  /// The columns' heads, in the order of `values`.
  static final List<Phrase> COLUMNS = Column.heads(TABLE);

  static CellRow of(CellSummary cell, Cautions cautions) {
    var notes = new ArrayList<Phrase>();
    cell.unfit().forEach(why -> notes.add(Phrase.of("cell.no-verdict", why)));
    notes.addAll(cautions.of(cell));
    return new CellRow(cell.id(), Column.row(TABLE, cell), cell.logs(), notes);
  }

  private static @Nullable Double number(@Nullable Long value) {
    return value == null ? null : value.doubleValue();
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
    return Phrase.number(micros, Text::micros);
  }

  private static Phrase count(long count) {
    return Phrase.number(count, Text::count);
  }

  /// Separated by semicolons, because a number may contain a comma.
  private static Phrase all(Phrase... values) {
    return Phrase.joined("; ", List.of(values));
  }
}
