package pushlab.bench.run;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pushlab.bench.text.SaidException;
import pushlab.bench.text.Texts;
import pushlab.bench.watch.WatchLoad;
import pushlab.report.result.Repeat;
import pushlab.report.result.Transport;
import pushlab.report.text.Language;
import pushlab.report.text.Phrase;

/// Measures several servers in turn, so that a disturbance of the machine affects all of them. Each
/// measurement is a [Measurement], as in a run of `compare`.
public final class Versus {

  /// A column of the table. Its value is null for a repeat of which it is unknown.
  private record TableColumn(String key, Function<Repeat, @Nullable Double> value) {}

  private static final List<TableColumn> COLUMNS =
      List.of(
          new TableColumn("versus.cpu", it -> each(it, it.server().steadyMicros())),
          new TableColumn(
              "versus.median", it -> millis(it.delays().correctedLatencyMicros().p50())),
          new TableColumn("versus.p99", it -> millis(it.delays().correctedLatencyMicros().p99())),
          new TableColumn("versus.last", it -> millis(it.delays().untilLastMicros().p50())),
          new TableColumn("versus.answered", it -> millis(it.delays().answerMicros().p99())),
          new TableColumn("versus.heap", it -> it.server().heapKiBPerConnection()),
          new TableColumn("versus.kernel", it -> it.server().kernelKiBPerConnection()),
          new TableColumn("versus.instrument", it -> each(it, it.instrument().cpuMicros())),
          new TableColumn("versus.connections", it -> each(it, it.connections())),
          new TableColumn(
              "versus.skipped",
              it -> (double) (it.deliveries().skipped() + it.deliveries().missing())),
          new TableColumn(
              "versus.errors", it -> (double) (it.faults().errors() + it.faults().disconnects())));

  private final Map<String, ServerUnderTest> servers;
  private final List<Transport> transports;
  private final int clients;
  private final double updatesPerSecond;
  private final Duration length;
  private final int rounds;
  private final Map<String, List<Repeat>> rows = new LinkedHashMap<>();

  /// @param servers by their name, in the order in which they take turns
  /// @param length how long updates are published in each measurement
  /// @param rounds how often each server is measured; one round more warms up and is not counted
  public Versus(
      Map<String, ServerUnderTest> servers,
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
  /// @param language of the table and the lines
  /// @throws IOException if a server does not accept the subscribers, or delivers nothing; the
  ///     message says which server and why
  public String run(PrintStream progress, Language language)
      throws IOException, InterruptedException {
    for (int round = 0; round <= rounds; round++) {
      for (Transport transport : transports) {
        for (Map.Entry<String, ServerUnderTest> server : servers.entrySet()) {
          String row = Phrase.of(transport).in(language) + " | " + server.getKey();
          Repeat repeat = measure(server.getKey(), server.getValue(), transport, round);
          progress.println(
              Texts.of("versus.round", round, rounds, row.replace(" |", ",")).in(language));
          if (round > 0) {
            rows.computeIfAbsent(row, _ -> new ArrayList<>()).add(repeat);
          }
        }
      }
    }
    return table(language);
  }

  private Repeat measure(String name, ServerUnderTest server, Transport transport, int round)
      throws IOException, InterruptedException {
    var load = new WatchLoad(transport, clients, updatesPerSecond, Plans.POLL_INTERVAL, length);
    Measurement measurement = Measurement.of(server, load, round);
    if (measurement.measured().deliveredNothing()) {
      throw new SaidException(
          Texts.of("versus.cannot", name, measurement.measured().whyNothing(transport)));
    }
    return measurement.repeat();
  }

  private static @Nullable Double each(Repeat repeat, @Nullable Long sum) {
    return sum == null ? null : Double.valueOf((double) sum / repeat.deliveries().delivered());
  }

  private static double millis(long micros) {
    return micros / 1000.0;
  }

  private String table(Language language) {
    String titles =
        COLUMNS.stream().map(column -> Texts.of(column.key()).in(language)).collect(joining(" | "));
    String line = "| --- | --- |" + " --: |".repeat(COLUMNS.size());
    String body =
        rows.entrySet().stream()
            .map(row -> "| %s | %s |".formatted(row.getKey(), cells(row.getValue(), language)))
            .collect(joining("\n"));
    return "| %s | %s | %s |\n%s\n%s"
        .formatted(
            Texts.of("versus.transport").in(language),
            Texts.of("versus.server").in(language),
            titles,
            line,
            body);
  }

  private static String cells(List<Repeat> rounds, Language language) {
    return COLUMNS.stream()
        .map(column -> rounds.stream().map(column.value()).filter(Objects::nonNull).toList())
        .map(values -> cell(values).in(language))
        .collect(joining(" | "));
  }

  /// The median of the rounds, with the least and the greatest in parentheses.
  private static Phrase cell(List<Double> rounds) {
    if (rounds.isEmpty()) {
      return Texts.of("versus.unknown");
    }
    List<Double> sorted = rounds.stream().sorted().toList();
    return Texts.of(
        "versus.cell",
        Texts.number(sorted.get(sorted.size() / 2), 1),
        Texts.number(sorted.getFirst(), 1),
        Texts.number(sorted.getLast(), 1));
  }
}
