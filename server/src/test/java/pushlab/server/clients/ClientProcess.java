package pushlab.server.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A program of `client/testing` that runs clients and writes a line for all that they see. It ends
/// with the test at the latest.
final class ClientProcess implements AutoCloseable {

  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("client");

  private final Process process;

  /// Starts a program whose lines go to `lines`.
  ClientProcess(Lines lines, List<String> command) throws IOException {
    process =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Thread.startVirtualThread(
        () -> process.inputReader(UTF_8).lines().map(Lines.Line::of).forEach(lines::add));
  }

  /// Whether npm has installed the clients, as the build of the page does where it can.
  static boolean hasNodeClients() {
    return Files.isDirectory(FOLDER.resolve("node_modules/launchdarkly-eventsource"));
  }

  /// Whether there is a Python with httpx.
  static boolean hasHttpx() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "-c", "import httpx")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
