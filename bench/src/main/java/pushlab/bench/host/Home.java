package pushlab.bench.host;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.ResultsFolder;

/// The checkout that the lab runs from.
public record Home(Path path) {

  private static final Comparator<Path> LATEST =
      Comparator.comparing((Path run) -> new ResultsFolder(run).startedAt())
          .thenComparing(Comparator.naturalOrder());

  /// The checkout that the `lab` launcher has named, or else the working folder.
  public static Home find() {
    return new Home(Path.of(System.getProperty("pushlab.home", "")).toAbsolutePath());
  }

  /// The default folder for runs.
  public Path results() {
    return path.resolve("results");
  }

  /// The folder of the run that started last.
  ///
  /// @throws IOException if there is no run
  public Path latestRun() throws IOException {
    if (Files.isDirectory(results())) {
      try (var runs = Files.list(results())) {
        Optional<Path> latest = runs.filter(Home::isRun).max(LATEST);
        if (latest.isPresent()) {
          return latest.get();
        }
      }
    }
    throw new IOException(
        "there is no run in %s yet; ./lab compare makes one".formatted(results()));
  }

  /// A folder of JMH or Gatling alone is not a run, and neither is a run that failed before its
  /// first cell.
  private static boolean isRun(Path folder) {
    return Files.exists(folder.resolve("run.json")) && Files.exists(folder.resolve("cells"));
  }

  /// The path of the program `name` in the JDK of this process.
  public static String java(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /// The flags of the server's JVM.
  ///
  /// @throws IOException if the file of options cannot be read
  List<String> serverFlags() throws IOException {
    return Files.readAllLines(path.resolve("server/jvm.options")).stream()
        .filter(line -> line.startsWith("-"))
        .toList();
  }

  /// The class path of the server's JVM: its own classes, the page and the server's libraries.
  ///
  /// @throws IOException if the server has not been built
  String serverClasspath() throws IOException {
    return String.join(
        File.pathSeparator,
        path.resolve("server/target/classes").toString(),
        path.resolve("client/target/classes").toString(),
        Files.readString(path.resolve("server/target/classpath")).strip());
  }

  /// The commit that is checked out, followed by `-dirty` if files have changed. Null where git
  /// does not know.
  public @Nullable String commit() {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude=*")
              .directory(path.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? said.strip() : null;
    } catch (IOException _) {
      return null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
