package pushlab.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.TestServer.json;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pushlab.server.state.Await;
import pushlab.server.testing.Ledger;
import pushlab.server.testing.ServerProcess;

/// A server with a file that is killed repeatedly, during updates of many tasks and while it
/// starts. What was acknowledged survives, and no version number is given twice.
@Timeout(value = 1_800, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillsTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  @TempDir private Path folder = Path.of("");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Ledger ledger = new Ledger();
  private final AtomicLong updates = new AtomicLong();
  private volatile URI address = URI.create("http://127.0.0.1:1");
  private int port;
  private volatile boolean over;

  @Test
  void tenKillsLoseNothing() throws Exception {
    kill(10);
  }

  @Test
  @Tag("long")
  void twoHundredKillsLoseNothing() throws Exception {
    kill(200);
  }

  private void kill(int times) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> clients = new ArrayList<>();
      for (String task : List.of("both", "both", "one", "two", "three")) {
        clients.add(threads.submit(() -> write(() -> task)));
      }
      clients.add(threads.submit(() -> write(() -> "new-" + updates.get())));
      for (String task : List.of("both", "one")) {
        clients.add(threads.submit(() -> poll(task)));
        clients.add(threads.submit(() -> follow(task)));
      }
      int whileStarting = 0;
      for (int kill = 0; kill < times; kill++) {
        long start = live(150 + random.nextInt(1_450));
        // Half of the kills hit a server while it starts or right after.
        if (++kill < times) {
          killAfter(random.nextLong(start));
          whileStarting++;
        }
      }
      live(0);
      over = true;
      for (Future<?> one : clients) {
        one.get(30, TimeUnit.SECONDS);
      }
      System.out.printf(
          "%d kills, %d of them while starting; %d updates acknowledged, %d lost%n",
          times, whileStarting, ledger.acknowledgements(), ledger.broken().size());
      assertThat(ledger.broken()).as("what no longer holds, with seed %d", seed).isEmpty();
    } finally {
      over = true;
      client.shutdownNow();
    }
  }

  /// Starts the server, compares what it knows with all earlier lives, and kills it.
  ///
  /// @return how long the start took, in milliseconds
  private long live(int millis) throws Exception {
    Map<String, Long> before = ledger.highest();
    long begun = System.nanoTime();
    try (ServerProcess server = start()) {
      address = server.address();
      port = address.getPort();
      long started = (System.nanoTime() - begun) / 1_000_000;
      ledger.compare(before, get("/tasks"));
      assertThat(ledger.broken()).as("what no longer holds, with seed %d", seed).isEmpty();
      long soFar = ledger.acknowledgements();
      Await.until("updates are taken", () -> ledger.acknowledgements() >= soFar + 8);
      LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
      server.kill();
      return started;
    }
  }

  private void killAfter(long millis) throws Exception {
    try (ServerProcess server = start()) {
      LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
      server.kill();
    }
  }

  private ServerProcess start() throws IOException {
    return ServerProcess.start(
        "--port=" + port, "--max-tasks=1000000", "--store=jdbc:sqlite:" + folder.resolve("a"));
  }

  private void write(Supplier<String> task) {
    goOn(
        () -> {
          URI update =
              address.resolve(
                  "/update-status?task=%s&status=%d"
                      .formatted(task.get(), updates.incrementAndGet()));
          HttpResponse<String> answer =
              client.send(
                  HttpRequest.newBuilder(update)
                      .timeout(LIMIT)
                      .POST(BodyPublishers.noBody())
                      .build(),
                  BodyHandlers.ofString());
          if (answer.statusCode() == 200) {
            ledger.acknowledged(json(answer));
          }
        });
  }

  private void poll(String task) {
    var position = new AtomicLong(-1);
    goOn(
        () -> {
          String seen = position.get() < 0 ? "" : "&last_version=" + position;
          HttpResponse<String> answer = get("/poll-status?wait=1&task=" + task + seen);
          if (answer.statusCode() == 200) {
            JsonObject snapshot = json(answer);
            ledger.said(snapshot);
            position.set(Ledger.version(snapshot));
          }
        });
  }

  private void follow(String task) {
    goOn(
        () -> {
          HttpRequest request =
              HttpRequest.newBuilder(address.resolve("/events?task=" + task)).build();
          try (Stream<String> lines = client.send(request, BodyHandlers.ofLines()).body()) {
            lines
                .filter(line -> line.startsWith("data:"))
                .takeWhile(_ -> !over)
                .forEach(line -> ledger.said(json(line.substring(5))));
          }
        });
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address.resolve(path)).timeout(LIMIT).build(),
        BodyHandlers.ofString());
  }

  private interface Step {
    void take() throws IOException, InterruptedException;
  }

  /// Runs one step after another, over all lives of the server, until the test ends.
  private void goOn(Step step) {
    while (!over) {
      try {
        step.take();
      } catch (IOException | UncheckedIOException _) {
        LockSupport.parkNanos(20_000_000);
      } catch (InterruptedException _) {
        return;
      }
    }
  }
}
