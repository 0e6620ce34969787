package pushlab.server.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Clients from npm in a process of node. They end with the test at the latest.
final class NodeClients implements AutoCloseable {

  /// Those that read an event stream and obey `retry`.
  static final Set<String> EVENT_SOURCES =
      Set.of("eventsource", "undici", "event-source-polyfill", "fetch-event-source");

  private static final Set<String> WEB_SOCKETS = Set.of("reconnecting-websocket", "sockette");
  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("client");
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private final Process process;
  private final int each;
  private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();

  /// What a client said of itself: `shown` and an epoch, `back` and milliseconds, or `failed`.
  record Line(String client, String number, String what, String value) {

    private static Line of(String line) {
      String[] words = line.split(" ", 4);
      return new Line(words[0], words[1], words[2], words[3]);
    }

    private String who() {
      return client + " " + number;
    }
  }

  /// Whether npm has installed the clients, as the build of the page does where it can.
  static boolean areInstalled() {
    return Files.isDirectory(FOLDER.resolve("node_modules/undici"));
  }

  /// Starts as many as `each` of every client.
  NodeClients(URI server, int each) throws IOException {
    this.each = each;
    String url = server.toString().replaceFirst("/$", "");
    process =
        new ProcessBuilder("node", "testing/real-clients.js", url, String.valueOf(each))
            .directory(FOLDER.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Thread.startVirtualThread(
        () -> process.inputReader(UTF_8).lines().map(Line::of).forEach(lines::add));
  }

  /// How many clients there are.
  int size() {
    return each * (EVENT_SOURCES.size() + WEB_SOCKETS.size());
  }

  /// Waits until each client has said something of this kind from now on.
  ///
  /// @return all that was said meanwhile
  Collection<Line> awaitEach(String what, Predicate<Line> said) throws InterruptedException {
    Set<String> missing = everybody();
    List<Line> all = new ArrayList<>();
    long end = System.nanoTime() + PATIENCE;
    while (!missing.isEmpty()) {
      Line line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      assertThat(line).as("%s: %s are missing", what, missing).isNotNull();
      all.add(line);
      if (said.test(line)) {
        missing.remove(line.who());
      }
    }
    return all;
  }

  private Set<String> everybody() {
    Set<String> all = new TreeSet<>();
    for (int number = 0; number < each; number++) {
      for (String client : EVENT_SOURCES) {
        all.add(client + " " + number);
      }
      for (String client : WEB_SOCKETS) {
        all.add(client + " " + number);
      }
    }
    return all;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
