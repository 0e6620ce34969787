package pushlab.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.TestServer.json;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pushlab.server.testing.ServerProcess;
import pushlab.server.testing.TestSubscriber;

/// A server that is killed during updates, and what its next life remembers.
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillTest {

  private static final int WRITERS = 8;

  @TempDir private Path folder = Path.of("");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger due = new AtomicInteger();
  private final ConcurrentMap<Long, String> acknowledged = new ConcurrentHashMap<>();
  private final AtomicLong goal = new AtomicLong(Long.MAX_VALUE);

  @AfterEach
  void disconnect() {
    client.shutdownNow();
  }

  @Test
  void everyAcknowledgedVersionSurvivesAndNoSubscriberSeesAnOlderOneAgain() throws Exception {
    killAmid(1_000);
  }

  @Test
  @Tag("long")
  void tenThousandUpdatesSurviveAKill() throws Exception {
    killAmid(10_000);
  }

  private void killAmid(int updates) throws Exception {
    due.set(updates);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        ServerProcess first = start(0)) {
      URI address = first.address();
      String epoch = json(get(address, "/status")).getString("epoch");
      List<Future<List<Long>>> followers =
          TestSubscriber.follow(threads, client, () -> address, goal);
      List<Future<Integer>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(threads.submit(() -> write(address)));
      }
      while (acknowledged.size() < updates / 2) {
        assertThat(writers).noneMatch(Future::isDone);
        LockSupport.parkNanos(1_000_000);
      }
      first.kill();
      int sum = 0;
      for (Future<Integer> writer : writers) {
        sum += writer.get(10, TimeUnit.SECONDS);
      }
      assertThat(due.get()).as("updates that were still due").isPositive();
      assertThat(acknowledged).as("versions acknowledged once").hasSize(sum);

      try (ServerProcess second = start(address.getPort())) {
        assertThat(second.address()).isEqualTo(address);
        JsonObject restored = json(get(address, "/status"));
        long last = version(restored);
        long highest = acknowledged.keySet().stream().mapToLong(v -> v).max().orElseThrow();
        assertThat(last).isBetween(highest, highest + WRITERS);
        assertThat(restored.getString("status"))
            .isEqualTo(acknowledged.getOrDefault(last, restored.getString("status")));
        assertThat(restored.getString("epoch")).isEqualTo(epoch);

        goal.set(last + 1);
        assertThat(version(json(update(address, "the last")))).isEqualTo(last + 1);
        for (Future<List<Long>> follower : followers) {
          assertThat(follower.get(10, TimeUnit.SECONDS))
              .isSorted()
              .doesNotHaveDuplicates()
              .anyMatch(version -> version > 0 && version <= highest)
              .endsWith(last + 1);
        }
        second.stop();
        assertThat(second.errors()).isEmpty();
      }
    }
  }

  /// Makes updates until all are made or the server is gone. Returns how many were acknowledged.
  private int write(URI address) throws InterruptedException {
    int count = 0;
    try {
      for (int update = due.getAndDecrement(); update > 0; update = due.getAndDecrement()) {
        JsonObject snapshot = json(update(address, "update-" + update));
        acknowledged.put(version(snapshot), "update-" + update);
        count++;
      }
    } catch (IOException _) {
      // The server was killed.
    }
    return count;
  }

  private ServerProcess start(int port) throws IOException {
    return ServerProcess.start("--port=" + port, "--store=jdbc:sqlite:" + folder.resolve("a"));
  }

  private HttpResponse<String> get(URI address, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> update(URI address, String status)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/update-status?status=" + status.replace(' ', '+')))
            .POST(BodyPublishers.noBody())
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static long version(JsonObject snapshot) {
    return snapshot.getJsonNumber("version").longValueExact();
  }
}
