package pushlab.bench.run;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

  /// A column of a table. Its value is null for a repeat of which it is unknown.
  private record TableColumn(String key, Function<Repeat, @Nullable Double> value) {}

  /// What is measured once in each round.
  private record Row(Transport transport, int clients, String server) {

    String in(Language language) {
      return "%s | %d | %s".formatted(Phrase.of(transport).in(language), clients, server);
    }

    boolean hasTheLoadOf(Row other) {
      return transport == other.transport && clients == other.clients;
    }
  }

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
          new TableColumn("versus.resident", it -> mebibytes(it.server().residentKiB())),
          new TableColumn("versus.instrument", it -> each(it, it.instrument().cpuMicros())),
          new TableColumn("versus.connections", it -> each(it, it.connections())),
          new TableColumn(
              "versus.skipped",
              it -> (double) (it.deliveries().skipped() + it.deliveries().missing())),
          new TableColumn(
              "versus.errors", it -> (double) (it.faults().errors() + it.faults().disconnects())));

  /// The columns of the table of ratios.
  private static final List<TableColumn> RATIOS = COLUMNS.subList(0, 5);

  private final Map<String, ServerUnderTest> servers;
  private final List<Transport> transports;
  private final List<Integer> clients;
  private final double updatesPerSecond;
  private final Duration length;
  private final int rounds;
  private final Map<Row, List<Repeat>> rows = new LinkedHashMap<>();

  /// @param servers by their name; each round begins with the one after the first of the last round
  /// @param clients the numbers of subscribers; each is measured in each round
  /// @param length how long updates are published in each measurement
  /// @param rounds how often each server is measured; one round more warms up and is not counted
  public Versus(
      Map<String, ServerUnderTest> servers,
      List<Transport> transports,
      List<Integer> clients,
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

  /// Measures all servers and returns a table in Markdown; if there are several, also a table of
  /// the ratios between them.
  ///
  /// @param progress gets a line after each measurement
  /// @param language of the table and the lines
  /// @throws IOException if a server does not accept the subscribers, or delivers nothing; the
  ///     message says which server and why
  public String run(PrintStream progress, Language language)
      throws IOException, InterruptedException {
    var turns = new ArrayList<>(servers.keySet());
    for (String server : turns) {
      transports.forEach(
          transport ->
              clients.forEach(
                  number -> rows.put(new Row(transport, number, server), new ArrayList<>())));
    }
    for (int round = 0; round <= rounds; round++) {
      for (Transport transport : transports) {
        for (int number : clients) {
          for (String server : turns) {
            var row = new Row(transport, number, server);
            Repeat repeat = measure(row, round);
            progress.println(
                Texts.of("versus.round", round, rounds, row.in(language).replace(" |", ","))
                    .in(language));
            if (round > 0) {
              requireNonNull(rows.get(row)).add(repeat);
            }
          }
        }
      }
      Collections.rotate(turns, -1);
    }
    return servers.size() == 1 ? table(language) : table(language) + "\n\n" + ratios(language);
  }

  private Repeat measure(Row row, int round) throws IOException, InterruptedException {
    ServerUnderTest server = requireNonNull(servers.get(row.server()));
    var load =
        new WatchLoad(
            row.transport(), row.clients(), updatesPerSecond, Plans.POLL_INTERVAL, length);
    Measurement measurement = Measurement.of(server, load, round);
    if (measurement.measured().deliveredNothing()) {
      throw new SaidException(
          Texts.of(
              "versus.cannot", row.server(), measurement.measured().whyNothing(row.transport())));
    }
    return measurement.repeat();
  }

  private static @Nullable Double each(Repeat repeat, @Nullable Long sum) {
    return sum == null ? null : Double.valueOf((double) sum / repeat.deliveries().delivered());
  }

  private static double millis(long micros) {
    return micros / 1000.0;
  }

  private static @Nullable Double mebibytes(@Nullable Long kibibytes) {
    return kibibytes == null ? null : Double.valueOf(kibibytes / 1024.0);
  }

  private String table(Language language) {
    return heading(COLUMNS, List.of("versus.server"), language)
        + sorted()
            .map(
                row ->
                    "\n| %s | %s |"
                        .formatted(
                            row.in(language),
                            COLUMNS.stream()
                                .map(column -> cell(values(row, column), 1).in(language))
                                .collect(joining(" | "))))
            .collect(joining());
  }

  /// Each server beside those that are named after it, by the ratio of each round.
  private String ratios(Language language) {
    var lines =
        new StringBuilder(heading(RATIOS, List.of("versus.server", "versus.beside"), language));
    List<Row> all = sorted().toList();
    for (int one = 0; one < all.size(); one++) {
      for (Row other : all.subList(one + 1, all.size())) {
        Row row = all.get(one);
        if (row.hasTheLoadOf(other)) {
          String cells =
              RATIOS.stream()
                  .map(column -> cell(quotients(row, other, column), 2).in(language))
                  .collect(joining(" | "));
          lines.append("\n| %s | %s | %s |".formatted(row.in(language), other.server(), cells));
        }
      }
    }
    return lines.toString();
  }

  /// Rows of one load stand together.
  private Stream<Row> sorted() {
    return rows.keySet().stream()
        .sorted(
            Comparator.comparingInt((Row row) -> transports.indexOf(row.transport()))
                .thenComparingInt(row -> clients.indexOf(row.clients())));
  }

  private static String heading(
      List<TableColumn> columns, List<String> servers, Language language) {
    String titles =
        Stream.of(
                Stream.of("versus.transport", "versus.clients"),
                servers.stream(),
                columns.stream().map(TableColumn::key))
            .flatMap(keys -> keys)
            .map(key -> Texts.of(key).in(language))
            .collect(joining(" | "));
    return "| %s |\n| --- | --: |%s%s"
        .formatted(titles, " --- |".repeat(servers.size()), " --: |".repeat(columns.size()));
  }

  private List<@Nullable Double> values(Row row, TableColumn column) {
    return requireNonNull(rows.get(row)).stream().<@Nullable Double>map(column.value()).toList();
  }

  private List<@Nullable Double> quotients(Row row, Row other, TableColumn column) {
    List<@Nullable Double> ours = values(row, column);
    List<@Nullable Double> theirs = values(other, column);
    return IntStream.range(0, ours.size())
        .<@Nullable Double>mapToObj(round -> quotient(ours.get(round), theirs.get(round)))
        .toList();
  }

  private static @Nullable Double quotient(@Nullable Double ours, @Nullable Double theirs) {
    return ours == null || theirs == null || theirs == 0 ? null : Double.valueOf(ours / theirs);
  }

  /// The median of the rounds, with the least and the greatest in parentheses.
  private static Phrase cell(List<@Nullable Double> rounds, int decimals) {
    double[] sorted =
        rounds.stream()
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    int count = sorted.length;
    if (count == 0) {
      return Texts.of("versus.unknown");
    }
    return Texts.of(
        "versus.cell",
        Texts.number((sorted[(count - 1) / 2] + sorted[count / 2]) / 2, decimals),
        Texts.number(sorted[0], decimals),
        Texts.number(sorted[count - 1], decimals));
  }
}
