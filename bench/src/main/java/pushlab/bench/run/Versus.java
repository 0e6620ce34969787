package pushlab.bench.run;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pushlab.bench.watch.WatchLoad;
import pushlab.report.result.Repeat;
import pushlab.report.result.Transport;

/// Measures several servers in turn, so that a disturbance of the machine affects all of them. Each
/// measurement is a [Measurement], as in a run of `compare`.
public final class Versus {

  /// A column of the table. Its value is null for a repeat of which it is unknown.
  private record TableColumn(String title, Function<Repeat, @Nullable Double> value) {}

  private static final List<TableColumn> COLUMNS =
      List.of(
          new TableColumn("server CPU a delivery, us", it -> each(it, it.server().steadyMicros())),
          new TableColumn(
              "delivery, median, ms", it -> millis(it.delays().correctedLatencyMicros().p50())),
          new TableColumn(
              "99th percentile, ms", it -> millis(it.delays().correctedLatencyMicros().p99())),
          new TableColumn(
              "until the last has it, median, ms",
              it -> millis(it.delays().untilLastMicros().p50())),
          new TableColumn(
              "update answered, 99th percentile, ms",
              it -> millis(it.delays().answerMicros().p99())),
          new TableColumn("heap a connection, KiB", it -> it.server().heapKiBPerConnection()),
          new TableColumn("kernel a connection, KiB", it -> it.server().kernelKiBPerConnection()),
          new TableColumn(
              "instrument's CPU a delivery, us", it -> each(it, it.instrument().cpuMicros())),
          new TableColumn("connections a delivery", it -> each(it, it.connections())),
          new TableColumn(
              "skipped or missing",
              it -> (double) (it.deliveries().skipped() + it.deliveries().missing())),
          new TableColumn(
              "errors", it -> (double) (it.faults().errors() + it.faults().disconnects())));

  private final List<ServerUnderTest> servers;
  private final List<Transport> transports;
  private final int clients;
  private final double updatesPerSecond;
  private final Duration length;
  private final int rounds;
  private final Map<String, List<Repeat>> rows = new LinkedHashMap<>();

  /// @param length how long updates are published in each measurement
  /// @param rounds how often each server is measured; one round more warms up and is not counted
  public Versus(
      List<ServerUnderTest> servers,
      List<Transport> transports,
      int clients,
      double updatesPerSecond,
      Duration length,
      int rounds) {
    this.servers = servers;
    this.transports = transports;
    this.clients = clients;
    this.updatesPerSecond = updatesPerSecond;
    this.length = length;
    this.rounds = rounds;
  }

  /// Measures all servers and returns a table in Markdown.
  ///
  /// @param progress gets a line after each measurement
  /// @throws IOException if a server does not accept the subscribers, or delivers nothing; the
  ///     message says which server and why
  public String run(PrintStream progress) throws IOException, InterruptedException {
    for (int round = 0; round <= rounds; round++) {
      for (Transport transport : transports) {
        for (ServerUnderTest server : servers) {
          String row = "%s | %s".formatted(transport.title(), name(server));
          Repeat repeat = measure(server, transport, round);
          progress.printf("round %d of %d: %s%n", round, rounds, row.replace(" |", ","));
          if (round > 0) {
            rows.computeIfAbsent(row, _ -> new ArrayList<>()).add(repeat);
          }
        }
      }
    }
    return table();
  }

  private static String name(ServerUnderTest server) {
    return server.process() == null ? server.address().toString() : "Pushlab";
  }

  private Repeat measure(ServerUnderTest server, Transport transport, int round)
      throws IOException, InterruptedException {
    var load = new WatchLoad(transport, clients, updatesPerSecond, Plans.POLL_INTERVAL, length);
    Measurement measurement = Measurement.of(server, load, round);
    if (measurement.measured().deliveredNothing()) {
      throw new IOException(
          "%s cannot be measured: %s"
              .formatted(name(server), measurement.measured().whyNothing(transport)));
    }
    return measurement.repeat();
  }

  private static @Nullable Double each(Repeat repeat, @Nullable Long sum) {
    return sum == null ? null : Double.valueOf((double) sum / repeat.deliveries().delivered());
  }

  private static double millis(long micros) {
    return micros / 1000.0;
  }

  private String table() {
    String titles = COLUMNS.stream().map(TableColumn::title).collect(joining(" | "));
    String line = "| --- | --- |" + " --: |".repeat(COLUMNS.size());
    String body =
        rows.entrySet().stream()
            .map(row -> "| %s | %s |".formatted(row.getKey(), cells(row.getValue())))
            .collect(joining("\n"));
    return "| transport | server | %s |\n%s\n%s".formatted(titles, line, body);
  }

  private static String cells(List<Repeat> rounds) {
    return COLUMNS.stream()
        .map(column -> cell(rounds.stream().map(column.value()).filter(Objects::nonNull).toList()))
        .collect(joining(" | "));
  }

  /// The median of the rounds, with the least and the greatest in parentheses.
  private static String cell(List<Double> rounds) {
    if (rounds.isEmpty()) {
      return "unknown";
    }
    List<Double> sorted = rounds.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%.1f (%.1f to %.1f)",
        sorted.get(sorted.size() / 2),
        sorted.getFirst(),
        sorted.getLast());
  }
}
