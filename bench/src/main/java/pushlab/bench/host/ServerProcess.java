package pushlab.bench.host;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Our server in a process of its own, on a free port of the loopback interface.
public final class ServerProcess implements AutoCloseable {

  private static final Pattern ADDRESS = Pattern.compile("http://\\S+");
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(11);

  private final Process process;
  private final URI address;

  private ServerProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /// Starts a server, which answers once this returns.
  ///
  /// @param log what the server prints is added to this file
  /// @throws IOException if it does not start; the message has what it printed
  public static ServerProcess start(Home home, Path log) throws IOException {
    var command = new ArrayList<String>();
    command.add(Home.java("java"));
    command.addAll(home.serverFlags());
    command.addAll(List.of("-cp", home.serverClasspath(), "pushlab.server.Main", "--port", "0"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    var said = new ArrayList<String>();
    URI address = awaitAddress(output, said);
    if (address == null) {
      process.destroyForcibly();
      throw new IOException("the server did not start: " + String.join("; ", said));
    }
    Thread.ofVirtual().start(() -> copy(output, log));
    return new ServerProcess(process, address);
  }

  public URI address() {
    return address;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /// Stops the server in good order, and by force if that takes longer than its grace period.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static @Nullable URI awaitAddress(BufferedReader output, List<String> said)
      throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher found = ADDRESS.matcher(line);
      if (found.find()) {
        return URI.create(found.group());
      }
      said.add(line);
    }
    return null;
  }

  private static void copy(BufferedReader output, Path log) {
    try (output;
        var writer = Files.newBufferedWriter(log, CREATE, APPEND)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        writer.write(line);
        writer.newLine();
        writer.flush();
      }
    } catch (IOException _) {
      // The server has ended, or its log cannot be kept: the run does not depend on it.
    }
  }
}
