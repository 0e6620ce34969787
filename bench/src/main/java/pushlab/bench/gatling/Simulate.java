package pushlab.bench.gatling;

import io.gatling.app.Gatling$;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import pushlab.report.result.GatlingStats;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Transport;

/// The main class of a simulation's own JVM: runs Gatling once, and keeps what it leaves in a
/// folder named by the transport instead of by the time.
final class Simulate {

  private static final int FAILED = 2;

  private Simulate() {}

  /// Ends with Gatling's own exit code, 0 or 2 when an assertion failed, and with 2 also when
  /// Gatling had to cut it off; the folder is kept in each case.
  ///
  /// @param args the transport's id, and the folder that holds one folder a transport
  public static void main(String[] args) throws IOException {
    Transport transport = Transport.of(args[0]);
    Path kept = Path.of(args[1]).resolve(transport.id());
    Path unfinished = kept.resolveSibling(transport.id() + ".part");
    delete(unfinished);
    Files.createDirectories(unfinished);
    Load load = Load.fromSystemProperties();
    long start = System.nanoTime();
    int exitCode = gatling("-s", simulation(transport).getName(), "-rf", unfinished.toString());
    boolean finished = System.nanoTime() - start < load.atMost().toNanos();
    Path report = onlyEntry(unfinished);
    GatlingStats stats = SimulationLog.read(report, transport, load, finished);
    ResultsFolder.json().writeValue(report.resolve("stats.json").toFile(), stats);
    delete(kept);
    Files.move(report, kept);
    delete(unfinished);
    System.exit(finished ? exitCode : FAILED);
  }

  private static int gatling(String... arguments) {
    return Gatling$.MODULE$.fromArgs(arguments);
  }

  private static Class<?> simulation(Transport transport) {
    return switch (transport) {
      case SHORT_POLLING -> ShortPollingSimulation.class;
      case LONG_POLLING -> LongPollingSimulation.class;
      case SERVER_SENT_EVENTS -> ServerSentEventsSimulation.class;
      case WEBSOCKET -> WebSocketSimulation.class;
    };
  }

  private static Path onlyEntry(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries
          .findFirst()
          .orElseThrow(() -> new IOException("Gatling left no report in " + folder));
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
