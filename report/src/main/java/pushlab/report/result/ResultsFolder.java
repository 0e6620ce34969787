package pushlab.report.result;

import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;
import pushlab.report.result.herd.HerdTrial;
import pushlab.report.result.road.ProxyResult;

/// The folder of one run, `results/<run>/`, and the place of each of its files. A file is
/// replaced as a whole, so that every file of a run that was aborted can be read.
public record ResultsFolder(Path path) {

  /// Tag of the histogram that counts from the moment an update was sent.
  public static final String RAW = "raw";

  /// Tag of the histogram that counts from the moment at which the schedule wanted it sent.
  public static final String CORRECTED = "corrected";

  /// The injected value for the nodes of a run from before a target could have several.
  static final String UNKNOWN_NODES = "unknownNodes";

  /// The injected value for the connections of a run from before they were counted.
  static final String UNKNOWN_CONNECTIONS = "unknownConnections";

  /// The injected value for the keys of remarks of a run from before they were kept.
  static final String UNKNOWN_SAID = "unknownSaid";

  /// The injected value for the hold of a server that does not say it.
  static final String UNKNOWN_POLL_HOLD = "unknownPollHold";

  /// The injected value for the focus of a plan that has none.
  static final String UNKNOWN_FOCUS = "unknownFocus";

  /// The injected value for a run that holds no cells out of the model.
  static final String UNKNOWN_HELD_OUT = "unknownHeldOut";

  /// The injected value for the delivery of a cell for which it is unknown, or makes no difference.
  static final String UNKNOWN_DELIVERY = "unknownDelivery";

  /// The injected value for the deliveries of a plan from before they were recorded.
  static final String UNKNOWN_DELIVERIES = "unknownDeliveries";

  /// The injected value for the network of a cell that was measured over loopback.
  static final String UNKNOWN_NETWORK = "unknownNetwork";

  /// The injected value for what the network of a repeat over loopback did.
  static final String UNKNOWN_NETWORK_USE = "unknownNetworkUse";

  /// The injected value for the networks of a plan that has loopback only.
  static final String UNKNOWN_NETWORKS = "unknownNetworks";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .injectableValues(
              new InjectableValues.Std()
                  .addValue(UNKNOWN_NODES, Nodes.UNKNOWN)
                  .addValue(UNKNOWN_CONNECTIONS, null)
                  .addValue(UNKNOWN_SAID, List.of())
                  .addValue(UNKNOWN_POLL_HOLD, null)
                  .addValue(UNKNOWN_FOCUS, null)
                  .addValue(UNKNOWN_HELD_OUT, List.of())
                  .addValue(UNKNOWN_DELIVERY, null)
                  .addValue(UNKNOWN_DELIVERIES, List.of())
                  .addValue(UNKNOWN_NETWORK, null)
                  .addValue(UNKNOWN_NETWORK_USE, null)
                  .addValue(UNKNOWN_NETWORKS, List.of()))
          .build();

  /// The mapper for all JSON files of a run.
  public static ObjectMapper json() {
    return JSON;
  }

  /// Where JMH writes its results, in JMH's own format.
  public Path jmhJson() {
    return path.resolve("jmh.json");
  }

  /// Where Gatling keeps one folder for each simulation, with its HTML report, named by the
  /// transport.
  public Path gatling() {
    return path.resolve("gatling");
  }

  /// Where the report is written.
  public Path indexHtml() {
    return path.resolve("index.html");
  }

  public void write(Run run) throws IOException {
    writeWhole(path.resolve("run.json"), JSON.writeValueAsBytes(run));
  }

  public void write(Cell cell) throws IOException {
    writeWhole(folder(cell).resolve("cell.json"), JSON.writeValueAsBytes(cell));
  }

  /// Writes the two histograms, in microseconds, of one repeat.
  public void write(Cell cell, int repeat, Histogram raw, Histogram corrected) throws IOException {
    raw.setTag(RAW);
    corrected.setTag(CORRECTED);
    Path file = Files.createDirectories(folder(cell)).resolve("repeat-%d.hlog".formatted(repeat));
    var log = new HistogramLogWriter(file.toFile());
    try {
      log.outputLogFormatVersion();
      log.outputLegend();
      log.outputIntervalHistogram(raw);
      log.outputIntervalHistogram(corrected);
    } finally {
      log.close();
    }
  }

  /// What was run.
  ///
  /// @throws BrokenResultException if there is no `run.json` or it cannot be read
  public Run run() {
    return read(path.resolve("run.json"), Run.class, Expected.RUN);
  }

  /// When the run began. If its `run.json` cannot be read, the time at which that file was
  /// written; if there is none, a time long ago.
  public Instant startedAt() {
    try {
      return run().startedAt();
    } catch (BrokenResultException _) {
      return Instant.ofEpochMilli(path.resolve("run.json").toFile().lastModified());
    }
  }

  /// The cells that have a `cell.json`, sorted by transport, clients, rate and the other axes.
  ///
  /// @param broken receives one exception for each file that cannot be read; its cell is left out
  public List<Cell> cells(List<BrokenResultException> broken) {
    var cells = new ArrayList<Cell>();
    for (Path folder : list(path.resolve("cells"), Files::isDirectory)) {
      try {
        Path file = folder.resolve("cell.json");
        Cell cell = read(file, Cell.class, Expected.CELL);
        if (!cell.id().equals(String.valueOf(folder.getFileName()))) {
          // Its name leads to its logs, and must not lead out of the run's folder.
          throw new BrokenResultException(
              file, Expected.CELL_OF_FOLDER, Said.verbatim("it is '%s'".formatted(cell.id())));
        }
        cells.add(cell);
      } catch (BrokenResultException e) {
        broken.add(e);
      }
    }
    cells.sort(
        Comparator.comparing(Cell::transport)
            .thenComparingInt(Cell::clients)
            .thenComparingDouble(Cell::updatesPerSecond)
            .thenComparing(Cell::pollIntervalMillis, nullsFirst(naturalOrder()))
            .thenComparingInt(Cell::tasks)
            .thenComparingInt(Cell::payload)
            .thenComparing(Cell::delivery, nullsFirst(naturalOrder()))
            .thenComparing(
                Cell::network, nullsFirst(Comparator.comparingDouble(Network::roundTripMillis)))
            .thenComparing(Cell::id));
    return cells;
  }

  /// The sums of the histograms of all repeats of a cell, by tag.
  ///
  /// @throws BrokenResultException if the log of a repeat is missing or cannot be read
  public Map<String, Histogram> histograms(Cell cell) {
    var sums = new TreeMap<String, Histogram>();
    for (Repeat repeat : cell.repeats()) {
      Path file = folder(cell).resolve("repeat-%d.hlog".formatted(repeat.number()));
      try (var log = new HistogramLogReader(file.toFile())) {
        EncodableHistogram next;
        while ((next = log.nextIntervalHistogram()) != null) {
          if (next instanceof Histogram histogram) {
            sums.computeIfAbsent(histogram.getTag(), tag -> new Histogram(3)).add(histogram);
          }
        }
      } catch (IOException | RuntimeException e) {
        throw new BrokenResultException(file, Expected.LOG, e);
      }
    }
    return sums;
  }

  public void write(Idle idle) throws IOException {
    writeWhole(path.resolve("idle").resolve(idle.id() + ".json"), JSON.writeValueAsBytes(idle));
  }

  /// The idle measurements, sorted by transport and poll interval.
  ///
  /// @param broken receives one exception for each file that cannot be read, which is left out
  public List<Idle> idle(List<BrokenResultException> broken) {
    var idle = new ArrayList<Idle>();
    for (Path file : list(path.resolve("idle"), Files::isRegularFile)) {
      try {
        idle.add(read(file, Idle.class, Expected.IDLE));
      } catch (BrokenResultException e) {
        broken.add(e);
      }
    }
    idle.sort(
        Comparator.comparing(Idle::transport)
            .thenComparing(Idle::pollIntervalMillis, nullsFirst(naturalOrder())));
    return idle;
  }

  public void write(ProxyResult proxy) throws IOException {
    writeWhole(
        path.resolve("proxies").resolve(proxy.id() + ".json"), JSON.writeValueAsBytes(proxy));
  }

  /// What was measured of proxies, sorted by id.
  ///
  /// @param broken receives one exception for each file that cannot be read, which is left out
  public List<ProxyResult> proxies(List<BrokenResultException> broken) {
    var proxies = new ArrayList<ProxyResult>();
    for (Path file : list(path.resolve("proxies"), Files::isRegularFile)) {
      try {
        ProxyResult proxy = read(file, ProxyResult.class, Expected.PROXY);
        if (!(proxy.id() + ".json").equals(String.valueOf(file.getFileName()))) {
          throw new BrokenResultException(
              file, Expected.PROXY, Said.verbatim("it is '%s'".formatted(proxy.id())));
        }
        proxies.add(proxy);
      } catch (BrokenResultException e) {
        broken.add(e);
      }
    }
    return proxies;
  }

  public void write(Outage outage) throws IOException {
    writeWhole(
        path.resolve("outages").resolve(outage.id() + ".json"), JSON.writeValueAsBytes(outage));
  }

  /// What was measured of outages, sorted by transport and round trip.
  ///
  /// @param broken receives one exception for each file that cannot be read, which is left out
  public List<Outage> outages(List<BrokenResultException> broken) {
    var outages = new ArrayList<Outage>();
    for (Path file : list(path.resolve("outages"), Files::isRegularFile)) {
      try {
        outages.add(read(file, Outage.class, Expected.OUTAGE));
      } catch (BrokenResultException e) {
        broken.add(e);
      }
    }
    outages.sort(
        Comparator.comparing(Outage::transport)
            .thenComparingDouble(it -> it.network() == null ? 0 : it.network().roundTripMillis())
            .thenComparing(Outage::id));
    return outages;
  }

  public void write(HerdTrial trial) throws IOException {
    writeWhole(path.resolve("herd").resolve(trial.id() + ".json"), JSON.writeValueAsBytes(trial));
  }

  /// What was measured of herds, sorted by event, transport and window.
  ///
  /// @param broken receives one exception for each file that cannot be read, which is left out
  public List<HerdTrial> herds(List<BrokenResultException> broken) {
    var trials = new ArrayList<HerdTrial>();
    for (Path file : list(path.resolve("herd"), Files::isRegularFile)) {
      try {
        HerdTrial trial = read(file, HerdTrial.class, Expected.HERD);
        if (!(trial.id() + ".json").equals(String.valueOf(file.getFileName()))) {
          throw new BrokenResultException(
              file, Expected.HERD, Said.verbatim("it is '%s'".formatted(trial.id())));
        }
        trials.add(trial);
      } catch (BrokenResultException e) {
        broken.add(e);
      }
    }
    trials.sort(
        Comparator.comparing(HerdTrial::event)
            .thenComparing(HerdTrial::transport)
            .thenComparingDouble(trial -> trial.settings().windowSeconds())
            .thenComparing(HerdTrial::id));
    return trials;
  }

  private Path folder(Cell cell) {
    return path.resolve("cells").resolve(cell.id());
  }

  private static List<Path> list(Path folder, Predicate<Path> kind) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var entries = Files.list(folder)) {
      return entries.filter(kind).sorted().toList();
    } catch (IOException e) {
      throw new BrokenResultException(folder, Expected.RESULTS_FOLDER, e);
    }
  }

  private static <T> T read(Path file, Class<T> type, Expected expected) {
    try {
      return JSON.readValue(Files.readAllBytes(file), type);
    } catch (IOException e) {
      throw new BrokenResultException(file, expected, e);
    }
  }

  private static void writeWhole(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, content);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
