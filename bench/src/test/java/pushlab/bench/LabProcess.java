package pushlab.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import pushlab.report.result.ResultsFolder;

/// Runs the command line in a new process each time, as `./lab` does.
abstract class LabProcess {

  static final Path CHECKOUT = requireNonNull(Path.of("").toAbsolutePath().getParent());
  static final String SMALL =
      "--clients 5 --updates-per-second 10 --transports websocket,long-polling --no-suites";

  @TempDir Path folder;

  record Ended(int exit, String out, String err) {}

  /// The number of cells that have been measured so far.
  long measured() throws IOException {
    if (!Files.exists(folder.resolve("results"))) {
      return 0;
    }
    try (var files = Files.walk(folder.resolve("results"))) {
      return files.filter(file -> file.endsWith("cell.json")).count();
    }
  }

  interface Condition {
    boolean holds() throws IOException;
  }

  /// Waits until `condition` is true. Fails if `lab` ends first, or after a minute.
  void await(Process lab, Condition condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      if (lab.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        fail(Files.readString(folder.resolve("out")) + Files.readString(folder.resolve("err")));
      }
    }
  }

  /// The child process whose command line contains the text.
  static Optional<ProcessHandle> childOf(Process lab, String argument) {
    return lab.descendants().filter(child -> said(child).contains(argument)).findFirst();
  }

  /// The JDK may not know a long command line completely.
  private static String said(ProcessHandle process) {
    return process.info().commandLine().or(process.info()::command).orElse("");
  }

  Ended lab(String arguments) throws Exception {
    Process process = start(arguments);
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      fail("'%s' did not end", arguments);
    }
    return new Ended(
        process.exitValue(),
        Files.readString(folder.resolve("out")),
        Files.readString(folder.resolve("err")));
  }

  Process start(String arguments, String... flags) throws IOException {
    return prepare(arguments, flags)
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  /// A builder for the process, with its output in pipes.
  static ProcessBuilder prepare(String arguments, String... flags) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dpushlab.locale=en");
    command.addAll(List.of(flags));
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dpushlab.home=" + CHECKOUT,
            "-cp",
            System.getProperty("java.class.path"),
            Lab.class.getName()));
    if (!arguments.isEmpty()) {
      command.addAll(List.of(arguments.split(" ", -1)));
    }
    return new ProcessBuilder(command);
  }

  Ended compare(String arguments) throws Exception {
    return lab("compare --results " + folder.resolve("results") + " " + arguments);
  }

  static void assertFailsInOneLine(Ended lab, String... said) {
    assertThat(lab.err().lines()).hasSize(1);
    assertThat(lab.err()).startsWith("lab: ").contains(said);
    assertThat(lab.exit()).isEqualTo(1);
  }

  Path run() throws IOException {
    try (var runs = Files.list(folder.resolve("results"))) {
      return runs.sorted().toList().getFirst();
    }
  }

  JsonNode json(String file) throws IOException {
    return ResultsFolder.json().readTree(Files.readString(run().resolve(file), UTF_8));
  }
}
