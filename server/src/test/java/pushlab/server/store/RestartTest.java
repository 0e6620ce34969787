package pushlab.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.Problems.assertProblem;
import static pushlab.server.testing.TestServer.json;
import static pushlab.server.testing.TestServer.version;

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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pushlab.server.state.Await;
import pushlab.server.testing.TestServer;

/// What a server with a store in a file knows after an orderly restart.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestartTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void allTasksContinueAtTheirVersions() throws Exception {
    JsonObject first;
    JsonObject second;
    try (TestServer server = start()) {
      server.update("En attente");
      first = server.update("En cours");
      second = json(server.send("POST", "/update-status?task=second&status=x"));
    }

    try (TestServer server = start()) {
      assertThat(json(server.get("/status"))).isEqualTo(first);
      assertThat(json(server.get("/status?task=second"))).isEqualTo(second);
      assertThat(server.update("Terminée").getInt("version")).isEqualTo(3);
    }
  }

  @Test
  void aSubscriberIsHeldAtTheVersionThatItHas() throws Exception {
    JsonObject last;
    try (TestServer server = start()) {
      last = server.update("x");
    }

    try (TestServer server = start()) {
      var held = server.hold("/poll-status?last_version=1&epoch=" + last.getString("epoch"));
      server.update("y");
      assertThat(version(held.get())).isEqualTo(2);
    }
  }

  @Test
  void limitCountsTheTasksThatWereThere() throws Exception {
    try (TestServer server = start()) {
      server.send("POST", "/update-status?task=a&status=x");
      server.send("POST", "/update-status?task=b&status=x");
    }

    try (TestServer server = start("--max-tasks=2")) {
      assertProblem(
          server.send("POST", "/update-status?task=c&status=x"), 429, "there are 3 tasks already");
      HttpResponse<String> known = server.send("POST", "/update-status?task=b&status=x");
      assertThat(version(known)).isEqualTo(2);
    }
  }

  @Test
  void stoppingDuringUpdatesLosesNoAcknowledgedUpdate() throws Exception {
    var acknowledged = new AtomicLong();
    try (TestServer server = start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      URI updates = server.uri("/update-status?status=x");
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        writers.add(threads.submit(() -> write(server.client, updates, acknowledged)));
      }
      Await.until("updates are taken", () -> acknowledged.get() > 50);
      server.server.close();
      for (Future<?> writer : writers) {
        writer.get(10, TimeUnit.SECONDS);
      }
    }

    try (TestServer server = start()) {
      assertThat(version(server.get("/status")))
          .isBetween(acknowledged.get(), acknowledged.get() + 8);
    }
  }

  private static long write(HttpClient client, URI updates, AtomicLong acknowledged)
      throws Exception {
    HttpRequest request = HttpRequest.newBuilder(updates).POST(BodyPublishers.noBody()).build();
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      while (answer.statusCode() == 200) {
        acknowledged.accumulateAndGet(version(answer), Math::max);
        answer = client.send(request, BodyHandlers.ofString());
      }
      assertThat(answer.statusCode()).isEqualTo(503);
    } catch (IOException _) {
      // The server has stopped.
    }
    return acknowledged.get();
  }

  private TestServer start(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--store=jdbc:sqlite:" + folder.resolve("a"));
    return TestServer.start(all.toArray(String[]::new));
  }
}
