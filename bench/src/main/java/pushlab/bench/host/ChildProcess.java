package pushlab.bench.host;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Runs a program and waits for its end. The program gets the environment of this process, without
/// the variables that [ChildEnvironment] removes.
public final class ChildProcess {

  private static final Duration END_PATIENCE = Duration.ofSeconds(3);

  /// Waits for the leash. If this process is killed before that, the pipe ends and nothing begins.
  private static final String WHEN_TOLD = "read -r line && exec \"$@\"";

  private ChildProcess() {}

  /// Runs `command` to its end and returns its exit code. It has nothing to read.
  ///
  /// @param log the file for its output
  /// @throws InterruptedException if the thread was interrupted; the program and all processes
  ///     that it started have ended by then
  public static int run(List<String> command, Path log) throws IOException, InterruptedException {
    return run(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()));
  }

  /// The same, with the output of this process.
  public static int run(List<String> command) throws IOException, InterruptedException {
    return run(new ProcessBuilder(command).inheritIO());
  }

  /// Runs `command` in place of this process: with its environment, its input and its output. A
  /// signal that would end this process ends `command`, and this process exits with its exit code.
  /// If this process is killed, `command` ends too.
  ///
  /// @return the exit code
  /// @throws IOException if the program cannot be started
  /// @throws InterruptedException if the thread was interrupted; the program still runs
  public static int runInPlace(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    try (var leash = Leash.on(process.toHandle())) {
      var passOn = new Thread(() -> exitAs(process, leash));
      Runtime.getRuntime().addShutdownHook(passOn);
      int exit = process.waitFor();
      try {
        Runtime.getRuntime().removeShutdownHook(passOn);
      } catch (IllegalStateException _) {
        // A signal came, and the hook ends this process.
      }
      return exit;
    }
  }

  /// The program decides how long its end takes, as this process would have done.
  private static void exitAs(Process process, Leash leash) {
    process.destroy();
    int exit = process.onExit().join().exitValue();
    leash.close();
    Runtime.getRuntime().halt(exit);
  }

  private static int run(ProcessBuilder builder) throws IOException, InterruptedException {
    ChildEnvironment.clear(builder.environment());
    var waiting = new ArrayList<>(List.of("sh", "-c", WHEN_TOLD, "begin"));
    waiting.addAll(builder.command());
    Process process = builder.command(waiting).redirectInput(Redirect.PIPE).start();
    try (var _ = Leash.on(process.toHandle())) {
      try (OutputStream tell = process.getOutputStream()) {
        tell.write('\n');
      }
      return process.waitFor();
    } catch (InterruptedException e) {
      end(process);
      throw e;
    }
  }

  private static void end(Process process) {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    all.forEach(ProcessHandle::destroy);
    try {
      CompletableFuture.allOf(
              all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
          .get(END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException _) {
      all.forEach(ProcessHandle::destroyForcibly);
    } catch (InterruptedException _) {
      all.forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }
}
