package pushlab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.TestServer.json;

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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server that is killed in the middle of updates, and what its next life remembers.
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
  void everyAcknowledgedVersionIsThereAndNoReaderSeesOneGoBack() throws Exception {
    killAmid(1_000);
  }

  @Test
  @Tag("long")
  void soItIsAmidTenThousandUpdates() throws Exception {
    killAmid(10_000);
  }

  private void killAmid(int updates) throws Exception {
    due.set(updates);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        ServerProcess first = start(0)) {
      URI address = first.address();
      String epoch = json(get(address, "/status")).getString("epoch");
      Map<String, Future<List<Long>>> subscribers =
          Map.of(
              "short polling", threads.submit(() -> follow(new ShortPolling(address))),
              "long polling", threads.submit(() -> follow(new LongPolling(address))),
              "server-sent events", threads.submit(() -> follow(new Events(address))),
              "WebSocket", threads.submit(() -> follow(new Socket(address))));
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
        for (Map.Entry<String, Future<List<Long>>> subscriber : subscribers.entrySet()) {
          assertThat(subscriber.getValue().get(10, TimeUnit.SECONDS))
              .as(subscriber.getKey())
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

  /// Updates until none is due or the server is gone, and tells how many were acknowledged.
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

  /// What a subscriber has seen in the end, over as many connections as it took.
  private List<Long> follow(Subscriber subscriber) throws InterruptedException {
    while (subscriber.isShortOf(goal)) {
      try {
        subscriber.connect();
      } catch (IOException | UncheckedIOException | CompletionException _) {
        LockSupport.parkNanos(20_000_000);
      }
    }
    return subscriber.seen;
  }

  private abstract static class Subscriber {
    final URI address;
    final List<Long> seen = new ArrayList<>();
    String epoch = "";

    Subscriber(URI address) {
      this.address = address;
    }

    /// Reads until the connection is lost or the goal is reached.
    abstract void connect() throws IOException, InterruptedException;

    boolean isShortOf(AtomicLong goal) {
      return seen.isEmpty() || seen.getLast() < goal.get();
    }

    void saw(JsonObject snapshot) {
      seen.add(version(snapshot));
      epoch = snapshot.getString("epoch");
    }

    URI uri(String path) {
      return address.resolve(
          seen.isEmpty()
              ? path
              : path + "?last_version=%d&epoch=%s".formatted(seen.getLast(), epoch));
    }

    String tag() {
      return seen.isEmpty() ? "none" : epoch + "-" + seen.getLast();
    }
  }

  private final class ShortPolling extends Subscriber {
    ShortPolling(URI address) {
      super(address);
    }

    @Override
    void connect() throws IOException, InterruptedException {
      HttpResponse<String> answer = get(address, "/status", "If-None-Match", '"' + tag() + '"');
      if (answer.statusCode() == 200) {
        saw(json(answer));
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  private final class LongPolling extends Subscriber {
    LongPolling(URI address) {
      super(address);
    }

    @Override
    void connect() throws IOException, InterruptedException {
      saw(json(get(address, uri("/poll-status").toString())));
    }
  }

  private final class Events extends Subscriber {
    Events(URI address) {
      super(address);
    }

    @Override
    void connect() throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve("/events")).header("Last-Event-ID", tag()).build();
      try (Stream<String> lines = client.send(request, BodyHandlers.ofLines()).body()) {
        Iterator<String> events = lines.filter(line -> line.startsWith("data:")).iterator();
        while (isShortOf(goal) && events.hasNext()) {
          saw(json(events.next().substring(5)));
        }
      }
    }
  }

  private final class Socket extends Subscriber {
    Socket(URI address) {
      super(address);
    }

    @Override
    void connect() throws InterruptedException {
      try (WebSocketClient socket = WebSocketClient.open(client, uri("/ws"))) {
        String frame = socket.nextButPings();
        while (frame.startsWith("text ")) {
          saw(json(frame.substring(5)));
          frame = isShortOf(goal) ? socket.nextButPings() : "";
        }
      }
    }
  }

  private ServerProcess start(int port) throws IOException {
    return ServerProcess.start("--port=" + port, "--store=jdbc:h2:file:" + folder.resolve("a"));
  }

  private HttpResponse<String> get(URI address, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
    return client.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofString());
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
