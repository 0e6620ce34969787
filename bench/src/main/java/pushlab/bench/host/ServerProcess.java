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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Delivery;

/// Our server in its own process. It ends when this process ends, even if this process is killed.
public final class ServerProcess implements AutoCloseable {

  private static final Pattern ADDRESS = Pattern.compile("Pushlab is at (\\S+)");
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(11);

  private final Process process;
  private final URI address;

  private ServerProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /// Starts a server for a measurement, on a free port of the loopback interface, and returns once
  /// it answers. All its other options have their defaults, whatever environment this process has.
  ///
  /// @param delivery how its subscribers wait
  /// @param log the server's output is appended to this file
  /// @throws IOException if the server does not start; the message contains its output
  public static ServerProcess start(Home home, Delivery delivery, Path log) throws IOException {
    return start(home, List.of(), List.of("--port=0", "--delivery=" + delivery), log);
  }

  /// Starts a server for a measurement, and returns once it answers.
  ///
  /// @param before words before its command, for example of a program that starts it elsewhere and
  ///     becomes its process; may be empty
  /// @param options the options of `./lab serve`. All others have their defaults, whatever
  ///     environment this process has
  /// @param log the server's output is appended to this file
  /// @throws IOException if the server does not start; the message contains its output
  public static ServerProcess start(Home home, List<String> before, List<String> options, Path log)
      throws IOException {
    return start(
        home,
        before,
        home.serverCache(),
        options,
        ChildEnvironment::clear,
        output -> copy(output, log));
  }

  /// Starts a server and returns once it answers.
  ///
  /// @param options the options of `./lab serve`
  /// @param environment changes the environment that the server inherits from this process
  /// @param reader receives the server's output from then on, in its own thread
  /// @throws IOException if the server does not start; the message contains its output
  public static ServerProcess start(
      Home home,
      List<String> options,
      Consumer<Map<String, String>> environment,
      Consumer<BufferedReader> reader)
      throws IOException {
    return start(home, List.of(), home.serverCache(), options, environment, reader);
  }

  /// Starts a server that learns what to load and to compile, and writes it to an AOT cache when
  /// it stops. Returns once it answers. Its output goes to standard output.
  ///
  /// @param cache the file to write
  /// @throws IOException if the server does not start; the message contains its output
  public static ServerProcess train(Home home, Path cache) throws IOException {
    return start(
        home,
        List.of(),
        List.of("-XX:AOTCacheOutput=" + cache),
        List.of("--port=0"),
        ChildEnvironment::clear,
        output -> output.lines().forEach(System.out::println));
  }

  private static ServerProcess start(
      Home home,
      List<String> before,
      List<String> cacheFlags,
      List<String> options,
      Consumer<Map<String, String>> environment,
      Consumer<BufferedReader> reader)
      throws IOException {
    var command = new ArrayList<>(before);
    command.add(Home.java("java"));
    command.addAll(home.serverFlags());
    command.addAll(cacheFlags);
    command.add("-Dpushlab.parent=stdin");
    command.addAll(List.of("-cp", home.serverClasspath(), "pushlab.server.Main"));
    command.addAll(options);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    environment.accept(builder.environment());
    Process process = builder.start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    var said = new ArrayList<String>();
    URI address = awaitAddress(output, said);
    if (address == null) {
      process.destroyForcibly();
      throw new IOException("the server did not start: " + String.join("; ", said));
    }
    Thread.ofVirtual().start(() -> reader.accept(output));
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

  /// Passes the exit code to `taker` once the server has ended. The thread may be any.
  public void onExit(IntConsumer taker) {
    var _ = process.onExit().thenAccept(ended -> taker.accept(ended.exitValue()));
  }

  /// Tells the server to stop, and does not wait for its end.
  public void stop() {
    process.destroy();
  }

  /// Kills the server (SIGKILL), and returns once it has ended.
  ///
  /// @throws InterruptedException if the thread was interrupted
  public void kill() throws InterruptedException {
    var _ = process.destroyForcibly().waitFor();
  }

  /// Stops the server and waits for its end. Kills it if that takes longer than its grace period.
  @Override
  public void close() {
    stop();
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
        return URI.create(found.group(1));
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
