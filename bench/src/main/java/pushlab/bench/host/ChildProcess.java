package pushlab.bench.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A program that runs beside this one and is waited for.
public final class ChildProcess {

  private ChildProcess() {}

  /// Runs `command` to its end and gives its exit code.
  ///
  /// @param log where what it prints goes
  /// @throws InterruptedException if the thread was interrupted meanwhile; the program is ended
  // then
  public static int run(List<String> command, Path log) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      throw e;
    }
  }
}
