package pushlab.bench.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import pushlab.bench.host.Programs;

/// Short commands of the system, such as `ip`.
final class Commands {

  private static final long PATIENCE_SECONDS = 10;

  private Commands() {}

  /// The path of the program `name`, or the name alone if it is not installed.
  static String path(String name) {
    return Programs.find(name).map(Path::toString).orElse(name);
  }

  static boolean areInstalled(String... names) {
    return List.of(names).stream().allMatch(name -> Programs.find(name).isPresent());
  }

  /// Whether the command ends with success.
  static boolean succeeds(List<String> command) {
    try {
      run(command, "");
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /// Runs a command to its end.
  ///
  /// @param input what it reads
  /// @throws IOException if it fails; the message is its first line
  static void run(List<String> command, String input) throws IOException {
    var all = new ArrayList<>(command);
    all.set(0, path(command.getFirst()));
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // It has ended already, and says why.
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(command.getFirst() + " does not end");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          said.lines().findFirst().orElse(command.getFirst() + " fails and does not say why"));
    }
  }
}
