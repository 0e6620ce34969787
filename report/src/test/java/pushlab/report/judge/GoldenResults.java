package pushlab.report.judge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Cell;
import pushlab.report.result.Delivery;
import pushlab.report.result.GatlingStats;
import pushlab.report.result.GatlingStats.Failure;
import pushlab.report.result.GatlingStats.Request;
import pushlab.report.result.GatlingStats.Second;
import pushlab.report.result.Idle;
import pushlab.report.result.NamedNetworks;
import pushlab.report.result.Network;
import pushlab.report.result.NetworkUse;
import pushlab.report.result.Nodes;
import pushlab.report.result.Noise;
import pushlab.report.result.Outage;
import pushlab.report.result.Percentiles;
import pushlab.report.result.Repeat;
import pushlab.report.result.Repeat.Traffic;
import pushlab.report.result.RepeatBuilder;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Run;
import pushlab.report.result.Run.Machine;
import pushlab.report.result.Run.Plan;
import pushlab.report.result.Said;
import pushlab.report.result.ServerUse;
import pushlab.report.result.Transport;
import pushlab.report.text.Remark;

/// Made the golden results, once: invented numbers of a plausible size, the same at every start.
/// The expected reports are made from them with `-Dgolden=write`.
public final class GoldenResults {

  private static final double RATE = 2;
  private static final double SECONDS = 5;

  private final ResultsFolder folder;
  private final double otherShare;
  private final int nodes;
  private final List<Delivery> deliveries;
  private final List<Said> remarks;
  private final Random random = new Random(1);

  private GoldenResults(Path path) {
    this(path, List.of());
  }

  private GoldenResults(Path path, List<Delivery> deliveries) {
    this(path, 0.02, 1, deliveries);
  }

  private GoldenResults(
      Path path, double otherShare, int nodes, List<Delivery> deliveries, Said... remarks) {
    folder = new ResultsFolder(path);
    this.otherShare = otherShare;
    this.nodes = nodes;
    this.deliveries = deliveries;
    this.remarks = List.of(remarks);
  }

  /// Writes all golden folders into the folder that `arguments` names.
  public static void main(String[] arguments) throws IOException {
    Path golden = Path.of(arguments[0]);
    var all = List.of(Transport.values());
    new GoldenResults(golden.resolve("good/results")).write("Example CPU", all, 100, 2000).others();
    new GoldenResults(
            golden.resolve("noisy/results"),
            0.3,
            1,
            List.of(),
            Remark.NO_SUITES.say(),
            Remark.CELL_ERRORS.say(
                new Cell(
                    "x",
                    Transport.LONG_POLLING,
                    100,
                    RATE,
                    null,
                    1,
                    Cell.PAYLOAD,
                    null,
                    null,
                    List.of()),
                2,
                3,
                "connection reset"))
        .write("Example CPU", all, 100);
    new GoldenResults(golden.resolve("transport-missing/results"))
        .write("Example CPU", all.subList(0, 3), 100);
    new GoldenResults(golden.resolve("broken/results")).write("Example CPU", all, 100).breakFiles();
    new GoldenResults(golden.resolve("hostile/results"))
        .write("</script><b>|*CPU*|</b>\n<!-- <script>alert(1)</script>", all, 100);
    new GoldenResults(golden.resolve("nodes/results"), 0.02, 3, List.of())
        .write("Example CPU", all.subList(1, 3), 100);
    new GoldenResults(golden.resolve("deliveries/results"), List.of(Delivery.values()))
        .write("Example CPU", all.subList(0, 3), 100, 2000);
    new GoldenResults(golden.resolve("networks/results")).networks();
    new GoldenResults(golden.resolve("empty/results")).write("Example CPU", List.of());
  }

  private GoldenResults write(String cpu, List<Transport> transports, Integer... clients)
      throws IOException {
    Run run = run(cpu, transports, List.of(clients), deliveries);
    for (Said remark : remarks) {
      run = run.with(remark);
    }
    folder.write(run);
    for (Transport transport : transports) {
      for (int many : clients) {
        if (Delivery.concerns(transport) && !deliveries.isEmpty()) {
          for (Delivery delivery : deliveries) {
            write(run.plan(), transport, many, delivery);
          }
        } else {
          write(run.plan(), transport, many, null);
        }
      }
    }
    return this;
  }

  public static Run run(String cpu, List<Transport> transports, List<Integer> clients) {
    return run(cpu, transports, clients, List.of());
  }

  public static Run run(
      String cpu, List<Transport> transports, List<Integer> clients, List<Delivery> deliveries) {
    return new Run(
        "golden",
        Instant.parse("2026-11-22T10:00:00Z"),
        "./lab compare --quick",
        null,
        "0123456789ab",
        new Plan(
            "quick",
            transports,
            clients,
            List.of(RATE),
            List.of(970L),
            List.of(1),
            List.of(Cell.PAYLOAD),
            deliveries,
            List.of(),
            10,
            SECONDS,
            2,
            0,
            42,
            null),
        new Machine("Linux", cpu, 16, 32_768, "25.0.1+8", List.of("-Xmx2g", "-XX:+UseParallelGC")),
        true,
        List.of(),
        List.of(),
        null,
        List.of());
  }

  private void write(Plan plan, Transport transport, int clients, @Nullable Delivery delivery)
      throws IOException {
    Long interval = transport == Transport.SHORT_POLLING ? 970L : null;
    var repeats = new ArrayList<Repeat>();
    var histograms = new ArrayList<List<Histogram>>();
    for (int number = 1; number <= 2; number++) {
      List<Histogram> both = latency(transport, clients, delivery);
      histograms.add(both);
      repeats.add(repeat(number, transport, clients, delivery, both));
    }
    Cell cell =
        Cell.of(plan, transport, clients, RATE, interval, 1, Cell.PAYLOAD, delivery, null)
            .with(repeats);
    folder.write(cell);
    for (Repeat repeat : repeats) {
      List<Histogram> both = histograms.get(repeat.number() - 1);
      folder.write(cell, repeat.number(), both.getFirst(), both.getLast());
    }
  }

  private Repeat repeat(
      int number,
      Transport transport,
      int clients,
      @Nullable Delivery delivery,
      List<Histogram> both) {
    long updates = Math.round(RATE * SECONDS);
    boolean polls = transport == Transport.SHORT_POLLING;
    long skipped = polls ? updates * clients * 48 / 100 : 0;
    long delivered = updates * clients - skipped;
    long requests =
        switch (transport) {
          case SHORT_POLLING -> Math.round(SECONDS / 0.97 * clients);
          case LONG_POLLING -> delivered;
          case SERVER_SENT_EVENTS, NDJSON_STREAM, WEBSOCKET -> clients;
        };
    return new RepeatBuilder(number)
        .seconds(SECONDS)
        .updates(updates)
        .delivered(delivered, updates * clients)
        .latency(Percentiles.of(both.getFirst()), Percentiles.of(both.getLast()))
        .stalenessMillis(both.getLast().getMean() / 1000)
        .traffic(
            new Traffic(
                requests,
                delivered * (transport == Transport.WEBSOCKET ? 104 : 150) + requests * 240,
                requests * 190,
                delivered * 94))
        .server(use(transport, delivery, delivered))
        .instrument(delivered * 12, 0.3)
        .connectMillis(clients * 0.4)
        .noise(new Noise(140, 143, 141, 0.31, otherShare, 0, 0.4, null, null))
        .nodes(nodes(clients, delivered, both.getLast(), Math.round(delivered * cpu(transport))))
        .build();
  }

  /// One that was updated and two that are later, over a store.
  private Nodes nodes(int clients, long delivered, Histogram corrected, long cpu) {
    if (nodes == 1) {
      return Nodes.UNKNOWN;
    }
    var each = new ArrayList<Nodes.Node>();
    for (int node = 0; node < nodes; node++) {
      var later = new Histogram(3);
      for (HistogramIterationValue value : corrected.recordedValues()) {
        later.recordValueWithCount(
            value.getValueIteratedTo() + node * (900L + random.nextInt(300)),
            value.getCountAtValueIteratedTo());
      }
      int own = clients / nodes + (node < clients % nodes ? 1 : 0);
      each.add(
          new Nodes.Node(own, delivered * own / clients, Percentiles.of(later), cpu / (nodes + 1)));
    }
    return new Nodes(each, cpu / (nodes + 1) + random.nextInt((int) cpu / 10));
  }

  private ServerUse use(Transport transport, @Nullable Delivery delivery, long delivered) {
    double each = delivery == Delivery.LOOP ? cpu(transport) / 2 : cpu(transport);
    long cpu = Math.round(delivered * each * (0.97 + 0.06 * random.nextDouble()));
    return new ServerUse(
        cpu * 2 / 5,
        cpu * 3 / 5,
        cpu / 50,
        delivered * 6_000,
        3L,
        4_200L,
        1_900L,
        memory(transport),
        3.5,
        180_000L);
  }

  private static double cpu(Transport transport) {
    return switch (transport) {
      case SHORT_POLLING -> 61;
      case LONG_POLLING -> 32;
      case SERVER_SENT_EVENTS, NDJSON_STREAM -> 15;
      case WEBSOCKET -> 13;
    };
  }

  private @Nullable Double memory(Transport transport) {
    return transport == Transport.SHORT_POLLING ? null : 11 + random.nextInt(40) / 10.0;
  }

  /// Raw and corrected, in microseconds.
  private List<Histogram> latency(Transport transport, int clients, @Nullable Delivery delivery) {
    var raw = new Histogram(3);
    var corrected = new Histogram(3);
    double each = transport == Transport.LONG_POLLING ? 24 : 14;
    double median = clients * (delivery == Delivery.LOOP ? 0.6 * each : each);
    for (int i = 0; i < 5 * clients; i++) {
      double polled = transport == Transport.SHORT_POLLING ? random.nextDouble() * 970_000 : 0;
      long micros = Math.round(polled + median * Math.exp(0.5 * random.nextGaussian()));
      raw.recordValue(micros);
      corrected.recordValue(micros + (i % 100 == 0 ? 40 * clients : 300));
    }
    return List.of(raw, corrected);
  }

  private void idle(Transport transport, @Nullable Long interval, double seconds, long each)
      throws IOException {
    long clients = 2000;
    folder.write(
        new Idle(
            transport.id(),
            transport,
            (int) clients,
            interval,
            seconds,
            each * clients,
            each * clients * 160,
            each * clients * 190,
            each * clients * 60 + 40_000,
            800.0,
            0,
            0));
  }

  /// Two workloads over loopback and two networks, of which one loses packets. One cell had another
  /// network than its plan asked for.
  private void networks() throws IOException {
    List<Transport> transports = List.of(Transport.values()).subList(0, 3);
    var far = new Network("80ms", 80, 0, 0, null);
    List<Network> all = List.of(Network.LOOPBACK, far, NamedNetworks.MOBILE_4G);
    Run run = run("Example CPU", transports, List.of(100, 1000), List.of());
    Plan plan =
        new Plan(
            "standard",
            transports,
            List.of(100, 1000),
            List.of(RATE),
            List.of(970L),
            List.of(1),
            List.of(Cell.PAYLOAD),
            List.of(),
            all,
            10,
            SECONDS,
            2,
            0,
            42,
            null);
    folder.write(run.with(plan));
    for (Network network : all) {
      for (Transport transport : transports) {
        for (int clients : List.of(100, 1000)) {
          writeOver(network, plan, transport, clients);
        }
        folder.write(outage(transport, network));
      }
    }
  }

  private void writeOver(Network network, Plan plan, Transport transport, int clients)
      throws IOException {
    boolean polls = transport == Transport.SHORT_POLLING;
    boolean shaped = !network.isLoopback();
    Cell cell =
        Cell.of(
            plan,
            transport,
            clients,
            RATE,
            polls ? 970L : null,
            1,
            Cell.PAYLOAD,
            null,
            shaped ? network : null);
    for (int number = 1; number <= 2; number++) {
      List<Histogram> both =
          latency(transport, clients, null).stream().map(it -> over(network, polls, it)).toList();
      Repeat repeat = repeat(number, transport, clients, null, both);
      double trip = network.roundTripMillis() + (clients == 1000 && polls ? 12 : 0.4);
      NetworkUse use = shaped ? use(network, trip, polls, repeat.deliveries().delivered()) : null;
      cell = cell.with(new RepeatBuilder(repeat).network(use).build());
      folder.write(cell, number, both.getFirst(), both.getLast());
    }
    folder.write(cell);
  }

  private static NetworkUse use(Network network, double trip, boolean polls, long delivered) {
    return new NetworkUse(
        NetworkUse.Shaper.WIREFILTER,
        trip,
        network.loss(),
        10_000L,
        delivered * 11 / 10,
        delivered,
        delivered * (polls ? 640 : 310),
        delivered * (polls ? 480 : 170),
        Math.round(delivered * network.loss()),
        0L,
        40_000L,
        0.12);
  }

  private Histogram over(Network network, boolean polls, Histogram near) {
    var far = new Histogram(3);
    for (HistogramIterationValue value : near.recordedValues()) {
      for (long i = 0; i < value.getCountAtValueIteratedTo(); i++) {
        double away = polls ? 0.5 + random.nextDouble() : 0.5;
        double lost = random.nextDouble() < network.loss() ? network.roundTripMillis() + 200 : 0;
        far.recordValue(
            value.getValueIteratedTo()
                + Math.round(1000 * (network.roundTripMillis() * away + lost)));
      }
    }
    return far;
  }

  private static Outage outage(Transport transport, Network network) {
    long trip = Math.round(1000 * network.roundTripMillis());
    boolean shaped = !network.isLoopback();
    return new Outage(
        transport,
        shaped ? network : null,
        100,
        shaped ? 5.0 : null,
        30,
        new Percentiles(
            2 * trip + 900, 2 * trip + 2000, 3 * trip + 9000, 3 * trip, 3 * trip + 9000),
        shaped ? new Percentiles(900_000 + trip, 1_500_000, 1_700_000, 1_700_000, 1_700_000) : null,
        transport == Transport.LONG_POLLING ? 1 : 0,
        0);
  }

  private void breakFiles() throws IOException {
    Path cells = folder.path().resolve("cells");
    Files.writeString(cells.resolve("websocket-100-2/cell.json"), "{\"id\": \"websocket-100-2\",");
    Files.delete(cells.resolve("sse-100-2/repeat-2.hlog"));
    Files.writeString(folder.path().resolve("run.json"), "[]");
    Files.writeString(folder.jmhJson(), "{}");
    Files.createDirectories(folder.gatling().resolve("websocket"));
    Files.writeString(folder.gatling().resolve("websocket/nothing-here.txt"), "");
  }

  private void others() throws IOException {
    idle(Transport.LONG_POLLING, null, 50, 2L);
    idle(Transport.SHORT_POLLING, 970L, 9.7, 10L);

    Files.writeString(
        folder.jmhJson(),
        """
        [
          {"benchmark": "pushlab.bench.jmh.StateSuite.publish", "mode": "avgt",
           "params": {"waiters": "100"},
           "primaryMetric": {"score": 41.2, "scoreError": 3.1, "scoreUnit": "us/op"},
           "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 112.4, "scoreUnit": "B/op"},
            "cpu.norm": {"score": 58.3, "scoreUnit": "us/op"}}},
          {"benchmark": "pushlab.bench.jmh.StateSuite.publish", "mode": "avgt",
           "params": {"waiters": "10000"},
           "primaryMetric": {"score": 5120.5, "scoreError": "NaN", "scoreUnit": "us/op"}},
          {"benchmark": "pushlab.bench.jmh.WireSuite.encode", "mode": "thrpt",
           "primaryMetric": {"score": 2.4, "scoreError": 0.2, "scoreUnit": "ops/us"}}
        ]
        """);
    gatling(
        Transport.LONG_POLLING,
        199,
        198,
        List.of(new Request("connect", 200, 1, 3, 94, 25_003)),
        List.of(new Failure("connection <refused>", 1)));
    gatling(
        Transport.WEBSOCKET, 200, 2, List.of(new Request("connect", 200, 0, 2, 71, 80)), List.of());
  }

  /// Two seconds of ramp, four of hold, and one in which all leave.
  private void gatling(
      Transport transport,
      int connected,
      int answers,
      List<Request> requests,
      List<Failure> failures)
      throws IOException {
    Path html = folder.gatling().resolve(transport.id()).resolve("index.html");
    Files.createDirectories(html.getParent());
    Files.writeString(html, "<!doctype html><title>Gatling's report stands here</title>\n");
    var seconds = new ArrayList<Second>();
    for (int at = 0; at < 7; at++) {
      seconds.add(new Second(at, at == 0 ? 101 : connected, at < 2 || at == 6 ? 100 : answers));
    }
    var stats =
        new GatlingStats(transport, 200, connected, 2, 4, RATE, true, requests, seconds, failures);
    Files.write(html.resolveSibling("stats.json"), ResultsFolder.json().writeValueAsBytes(stats));
  }
}
