package pushlab.server.clients;

import jakarta.json.Json;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What clients say of themselves, in the order in which it was heard. Any thread may add to it.
final class Lines {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();

  /// What a client said: `shown` and an epoch, `failed`, or `back` and the milliseconds since it
  /// failed.
  record Line(String client, int number, String what, String value) {

    /// The line that a process has written.
    static Line of(String line) {
      String[] words = line.split(" ", 4);
      return new Line(words[0], Integer.parseInt(words[1]), words[2], words[3]);
    }

    boolean isShown() {
      return what.equals("shown");
    }

    boolean isFailed() {
      return what.equals("failed");
    }

    String who() {
      return client + " " + number;
    }
  }

  void add(Line line) {
    lines.add(line);
  }

  /// Where a client of this JVM says what happens to it.
  Reporter reporter(String client, int number) {
    return new Reporter(client, number);
  }

  /// Waits until each of `clients` has said something of this kind from now on. Fails after a
  /// minute.
  ///
  /// @return all that was said meanwhile
  Collection<Line> awaitEach(Collection<String> clients, String why, Predicate<Line> said)
      throws InterruptedException {
    Set<String> missing = new TreeSet<>(clients);
    List<Line> all = new ArrayList<>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!missing.isEmpty()) {
      Line line = next(end);
      if (line == null) {
        throw new AssertionError("%s: %s are missing".formatted(why, missing));
      }
      all.add(line);
      if (said.test(line)) {
        missing.remove(line.who());
      }
    }
    return all;
  }

  /// All that is said from now on for as long as this.
  Collection<Line> heardWithin(Duration time) throws InterruptedException {
    List<Line> all = new ArrayList<>();
    long end = System.nanoTime() + time.toNanos();
    for (Line line = next(end); line != null; line = next(end)) {
      all.add(line);
    }
    return all;
  }

  private @Nullable Line next(long end) throws InterruptedException {
    return lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  /// Says what happens to one client.
  final class Reporter {

    private final String client;
    private final int number;
    private volatile long failedAt;

    private Reporter(String client, int number) {
      this.client = client;
      this.number = number;
    }

    void opened() {
      if (failedAt != 0) {
        say("back", Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - failedAt)));
      }
    }

    void failed() {
      failedAt = System.nanoTime();
      say("failed", "-");
    }

    void shown(String snapshot) {
      try (var reader = Json.createReader(new StringReader(snapshot))) {
        say("shown", reader.readObject().getString("epoch"));
      }
    }

    private void say(String what, String value) {
      add(new Line(client, number, what, value));
    }
  }
}
