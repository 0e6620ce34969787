package pushlab.bench.run;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;
import pushlab.bench.host.Accounting;
import pushlab.bench.watch.Measured;
import pushlab.bench.watch.Watch;
import pushlab.bench.watch.Workload;
import pushlab.report.result.Transport;

/// Several servers, measured by turns: whatever disturbs the machine meanwhile disturbs all of
/// them.
public final class Versus {

  /// What a row of the table says of one transport of one server, from all its rounds.
  private enum Figure {
    CPU("server CPU a delivery, us"),
    MEDIAN("delivery, median, ms"),
    P99("99th percentile, ms"),
    LAST("until the last has it, median, ms"),
    ANSWER("update answered, 99th percentile, ms"),
    HEAP("heap a connection, KiB"),
    KERNEL("kernel a connection, KiB"),
    INSTRUMENT("instrument's CPU a delivery, us"),
    CONNECTIONS("connections a delivery"),
    SKIPPED("skipped or missing"),
    ERRORS("errors");

    private final String title;

    Figure(String title) {
      this.title = title;
    }
  }

  private final List<Subject> servers;
  private final List<Transport> transports;
  private final int clients;
  private final double updatesPerSecond;
  private final Duration length;
  private final int rounds;
  private final Map<String, Map<Figure, List<Double>>> rows = new LinkedHashMap<>();

  public Versus(
      List<Subject> servers,
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

  /// Measures, tells `progress` how far it is, and gives a table in Markdown.
  ///
  /// @throws IOException if a server does not take the subscribers; the message says which and why
  public String run(PrintStream progress) throws IOException, InterruptedException {
    for (int round = 0; round <= rounds; round++) {
      for (Transport transport : transports) {
        for (Subject server : servers) {
          String row = "%s | %s".formatted(transport.title(), name(server));
          Map<Figure, Double> figures = measure(server, transport);
          progress.printf("round %d of %d: %s%n", round, rounds, row.replace(" |", ","));
          if (round > 0) {
            figures.forEach((figure, value) -> add(row, figure, value));
          }
        }
      }
    }
    return table();
  }

  private String name(Subject server) {
    return server.process() == null ? server.address().toString() : "Pushlab";
  }

  private Map<Figure, Double> measure(Subject server, Transport transport)
      throws IOException, InterruptedException {
    var figures = new EnumMap<Figure, Double>(Figure.class);
    var workload =
        new Workload(transport, clients, updatesPerSecond, Duration.ofMillis(970), length);
    OptionalLong heap = server.liveHeapBytes();
    OptionalLong kernel = Accounting.kernelKiB();
    try (Watch watch = Watch.connect(server.target(), workload)) {
      // Both ends of every connection are on this machine.
      grew(kernel, Accounting.kernelKiB(), 2).ifPresent(by -> figures.put(Figure.KERNEL, by));
      grew(heap, server.liveHeapBytes(), 1024).ifPresent(by -> figures.put(Figure.HEAP, by));
      var before = server.usage();
      Measured measured = watch.measure();
      if (measured.deliveredNothing()) {
        throw new IOException(
            "%s cannot be measured: %s".formatted(name(server), measured.whyNothing(transport)));
      }
      double deliveries = measured.delivered();
      figures.put(Figure.INSTRUMENT, measured.cpuMicros() / deliveries);
      before.ifPresent(
          start ->
              server
                  .usage()
                  .map(end -> end.since(start).all().toNanos() / 1e3 / deliveries)
                  .ifPresent(value -> figures.put(Figure.CPU, value)));
      figures.put(Figure.MEDIAN, millis(measured.corrected(), 50));
      figures.put(Figure.P99, millis(measured.corrected(), 99));
      figures.put(Figure.LAST, millis(measured.untilLast(), 50));
      figures.put(Figure.ANSWER, millis(measured.answers(), 99));
      figures.put(Figure.CONNECTIONS, measured.connections() / deliveries);
      figures.put(Figure.SKIPPED, (double) measured.skipped() + measured.missing());
      figures.put(Figure.ERRORS, (double) measured.errors() + measured.disconnects());
    }
    return figures;
  }

  private Optional<Double> grew(OptionalLong before, OptionalLong after, int unit) {
    return before.isPresent() && after.isPresent()
        ? Optional.of((after.getAsLong() - before.getAsLong()) / (double) unit / clients)
        : Optional.empty();
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / 1000.0;
  }

  private void add(String row, Figure figure, double value) {
    rows.computeIfAbsent(row, _ -> new EnumMap<>(Figure.class))
        .computeIfAbsent(figure, _ -> new ArrayList<>())
        .add(value);
  }

  private String table() {
    String titles =
        Arrays.stream(Figure.values()).map(figure -> figure.title).collect(joining(" | "));
    String line = "| --- | --- |" + " --: |".repeat(Figure.values().length);
    String body =
        rows.entrySet().stream()
            .map(row -> "| %s | %s |".formatted(row.getKey(), cells(row.getValue())))
            .collect(joining("\n"));
    return "| transport | server | %s |\n%s\n%s".formatted(titles, line, body);
  }

  private static String cells(Map<Figure, List<Double>> figures) {
    return Arrays.stream(Figure.values())
        .map(figure -> cell(figures.getOrDefault(figure, List.of())))
        .collect(joining(" | "));
  }

  /// The median of the rounds, and in parentheses their least and greatest.
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
