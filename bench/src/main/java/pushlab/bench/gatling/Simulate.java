package pushlab.bench.gatling;

import io.gatling.app.Gatling$;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import pushlab.report.result.GatlingStats;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Transport;

/// The main class of a simulation's JVM. It runs Gatling once, and moves the results to a folder
/// that is named after the simulation instead of the time.
final class Simulate {

  private Simulate() {}

  /// Exits with Gatling's exit code: 0, or 2 if an assertion failed. Also exits with 2 if Gatling
  /// reached the time limit. The results are kept in each case.
  ///
  /// @param args the kind of simulation, the transport's id, and the folder for the results
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    GatlingSuite.Kind kind = GatlingSuite.Kind.valueOf(args[0]);
    Transport transport = Transport.of(args[1]);
    Path kept = Path.of(args[2]);
    Path unfinished = kept.resolveSibling(kept.getFileName() + ".part");
    delete(unfinished);
    Files.createDirectories(unfinished);
    GatlingLoad load = GatlingLoad.fromSystemProperties();
    long start = System.nanoTime();
    int exitCode = gatling("-s", kind.simulation(transport), "-rf", unfinished.toString());
    boolean finished = System.nanoTime() - start < load.atMost().toNanos();
    Path report = onlyEntry(unfinished);
    GatlingStats stats = SimulationLog.read(report, transport, load, finished);
    write(report.resolve("stats.json"), stats);
    if (kind == GatlingSuite.Kind.CAPACITY) {
      write(report.resolve("capacity.json"), CapacitySimulation.found(stats.failures()));
    }
    delete(kept);
    Files.move(report, kept);
    delete(unfinished);
    System.exit(finished ? exitCode : GatlingSuite.FAILED);
  }

  private static int gatling(String... arguments) {
    return Gatling$.MODULE$.fromArgs(arguments);
  }

  private static void write(Path file, Object result) throws IOException {
    ResultsFolder.json().writeValue(file.toFile(), result);
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
