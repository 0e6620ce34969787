package pushlab.bench.gatling;

import io.gatling.app.Gatling$;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Transport;

/// The main class of a simulation's own JVM: runs Gatling once, and keeps what it leaves in a
/// folder named by the transport instead of by the time.
final class Simulate {

  private Simulate() {}

  /// Ends with Gatling's own exit code: 0, or 2 when a request failed; the folder is kept in both
  /// cases. Takes the transport's id and the folder that holds one folder a transport.
  public static void main(String[] args) throws IOException {
    Transport transport = Transport.of(args[0]);
    Path kept = Path.of(args[1]).resolve(transport.id());
    Path unfinished = kept.resolveSibling(transport.id() + ".part");
    delete(unfinished);
    Files.createDirectories(unfinished);
    int exitCode =
        Gatling$.MODULE$.fromArgs(
            new String[] {"-s", simulation(transport).getName(), "-rf", unfinished.toString()});
    Path report = onlyEntry(unfinished);
    ResultsFolder.json()
        .writeValue(
            report.resolve("stats.json").toFile(),
            SimulationLog.read(report, transport, Load.fromSystemProperties()));
    delete(kept);
    Files.move(report, kept);
    delete(unfinished);
    System.exit(exitCode);
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
