package pushlab.bench.road.proxy;

import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import pushlab.bench.host.Programs;
import pushlab.bench.text.SaidException;
import pushlab.bench.text.Texts;

/// The program of a kind of proxy, as it is installed here.
record Program(ProxyKind kind, Path file) {

  private static final long PATIENCE_SECONDS = 10;

  /// Finds the program; empty if it is not installed.
  static Optional<Program> of(ProxyKind kind) {
    return kind.programs().stream()
        .flatMap(name -> Programs.find(name).stream())
        .findFirst()
        .map(file -> new Program(kind, file));
  }

  /// Finds the program.
  ///
  /// @throws IOException if it is not installed; the message says so
  static Program require(ProxyKind kind) throws IOException {
    return of(kind)
        .orElseThrow(() -> new SaidException(Texts.of("proxy.not-installed", kind.name())));
  }

  /// Its version, as it says.
  ///
  /// @throws IOException if it does not say it, or if it is too old for the configuration
  String version() throws IOException {
    String said = ask();
    Matcher found = kind.version().matcher(said);
    if (!found.find()) {
      throw new SaidException(Texts.of("proxy.no-version", kind.name(), Messages.reason(said)));
    }
    String version = found.group(1);
    if (Arrays.compare(numbers(version), numbers(kind.oldest())) < 0) {
      throw new SaidException(Texts.of("proxy.too-old", kind.name(), version, kind.oldest()));
    }
    return version;
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
  }

  private String ask() throws IOException {
    var command = new ArrayList<>(List.of(file.toString()));
    command.addAll(kind.versionArguments());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    delayedExecutor(PATIENCE_SECONDS, SECONDS).execute(process::destroyForcibly);
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
