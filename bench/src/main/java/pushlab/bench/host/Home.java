package pushlab.bench.host;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.ResultsFolder;

/// The checkout or the unpacked release that the lab runs from.
public record Home(Path path) {

  private static final Comparator<Path> LATEST =
      Comparator.comparing((Path run) -> new ResultsFolder(run).startedAt())
          .thenComparing(Comparator.naturalOrder());

  /// The folder that the `lab` launcher has named, or else the working folder.
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

  /// The class path of the server's JVM: the server, the page and the server's libraries.
  ///
  /// @throws IOException if the server has not been built
  String serverClasspath() throws IOException {
    Path list = library().resolve("pushlab-server.classpath");
    return Stream.concat(
            Stream.of("pushlab-server.jar", "pushlab-client.jar"),
            Stream.of(Files.readString(list).strip().split(":", -1)))
        .map(jar -> library().resolve(jar).normalize().toString())
        .collect(joining(File.pathSeparator));
  }

  /// The flag that gives the server's JVM its AOT cache; empty if the cache has not been made.
  List<String> serverCache() {
    Path cache = serverCacheFile();
    return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache) : List.of();
  }

  /// The flags of the server's JVM as a run records them: all, without the folder of the cache.
  ///
  /// @throws IOException if the file of options cannot be read
  List<String> recordedFlags() throws IOException {
    Path cache = serverCacheFile();
    Stream<String> cached =
        Files.exists(cache) ? Stream.of("-XX:AOTCache=" + cache.getFileName()) : Stream.empty();
    return Stream.concat(serverFlags().stream(), cached).toList();
  }

  private Path serverCacheFile() {
    return library().resolve("server.aot");
  }

  /// The folder of the jars. A release brings them, a checkout builds them.
  private Path library() {
    return path.resolve(isRelease() ? "lib" : "target/lib");
  }

  private boolean isRelease() {
    return Files.isDirectory(path.resolve("lib"));
  }

  /// The commit that is checked out, followed by `-dirty` if files have changed; in a release, the
  /// commit that it was made from. Null where git does not know.
  public @Nullable String commit() {
    try {
      if (isRelease()) {
        String madeFrom = Files.readString(library().resolve("commit")).strip();
        return madeFrom.isEmpty() ? null : madeFrom;
      }
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
