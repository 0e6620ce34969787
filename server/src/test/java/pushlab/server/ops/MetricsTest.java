package pushlab.server.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.TestServer.header;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.server.net.Delivery;
import pushlab.server.state.Await;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.TestServer;
import pushlab.server.testing.WebSocketClient;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ParameterizedClass
@EnumSource(Delivery.class)
class MetricsTest {

  private final TestServer server;

  MetricsTest(Delivery delivery) {
    server = TestServer.start(delivery, "--heartbeat=60s");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void countSubscribersAndDeliveriesByTransport() throws Exception {
    try (RawConnection stream = server.connect();
        var socket = WebSocketClient.open(server, "/ws")) {
      stream.send("GET /events HTTP/1.1", "Host: x", "").readTo("\n\n");
      socket.next();
      server.get("/status");
      CompletableFuture<?> poll = server.hold("/poll-status?last_version=0");

      assertMetric("pushlab_readers_waiting{transport=\"long-polling\"} 1");
      assertMetric("pushlab_readers_waiting{transport=\"sse\"} 1");
      assertMetric("pushlab_readers_waiting{transport=\"websocket\"} 1");
      assertMetric("pushlab_readers_waiting{transport=\"short-polling\"} 0");
      assertMetric("pushlab_deliveries_total{transport=\"long-polling\"} 0");

      server.update("x");
      poll.join();

      for (String transport : new String[] {"long-polling", "sse", "websocket"}) {
        assertMetric(
            "pushlab_delivery_time_seconds_count{transport=\"%s\"} 1".formatted(transport));
      }
      assertMetric("pushlab_deliveries_total{transport=\"short-polling\"} 1");
      assertMetric("pushlab_deliveries_total{transport=\"long-polling\"} 1");
      assertMetric("pushlab_deliveries_total{transport=\"sse\"} 2");
      assertMetric("pushlab_deliveries_total{transport=\"websocket\"} 2");
      assertMetric("pushlab_delivery_time_seconds_count{transport=\"short-polling\"} 0");
      assertMetric("pushlab_readers_waiting{transport=\"long-polling\"} 0");
      assertMetric("pushlab_updates_total 1");
    }
  }

  @Test
  void countConnectionsThatAreOpen() throws Exception {
    assertMetric("pushlab_connections 1");

    List<RawConnection> connections = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      connections.add(server.connect());
    }
    assertMetric("pushlab_connections 21");

    connections.getFirst().send("GET /events HTTP/1.1", "Host: x", "").readTo("\n\n");
    connections.get(1).send("GET /status HTTP/1.1", "Host: x", "").readTo("}");
    try (var socket = WebSocketClient.open(server, "/ws")) {
      socket.next();
      assertMetric("pushlab_connections 22");
    }

    for (RawConnection connection : connections) {
      connection.close();
    }
    // The server notices that the client has gone when it cannot write an event.
    Await.until(
        "one connection, that which asks",
        () -> {
          server.state().update("x");
          return metrics().contains("pushlab_connections 1.0\n");
        });
  }

  @Test
  void countVersionsThatASubscriberNeverGot() throws Exception {
    for (int i = 1; i <= 5; i++) {
      server.update("status " + i);
    }

    server.get("/poll-status?last_version=2");
    server.get("/poll-status?last_version=2&epoch=other");
    server.get("/poll-status");

    assertMetric("pushlab_deliveries_total{transport=\"long-polling\"} 3");
    assertMetric("pushlab_versions_skipped_total{transport=\"long-polling\"} 2");
  }

  @Test
  void refusalsOfAllPartsAreCounted() throws Exception {
    server.get("/nothing");
    server.get("/poll-status?last_version=abc");
    server.get("/poll-status?last_version=-1");
    server.update("x", "Origin", "https://evil.example");

    assertMetric("pushlab_requests_refused_total{status=\"404\"} 1");
    assertMetric("pushlab_requests_refused_total{status=\"400\"} 2");
    assertMetric("pushlab_requests_refused_total{status=\"403\"} 1");
  }

  @Test
  void describeTheProcessAndNameNoTask() throws Exception {
    server.send("POST", "/update-status?status=x&task=livraison");

    assertThat(server.get("/metrics").body())
        .contains("jvm_memory_used_bytes{", "jvm_threads_live_threads ", "process_cpu_usage ")
        .doesNotContain("livraison");
    assertThat(header(server.get("/metrics"), "Content-Type"))
        .startsWith("text/plain; version=0.0.4");
  }

  @Test
  void areServedEvenIfACounterIsNegative() throws Exception {
    try (var metrics = new Metrics()) {
      metrics.updates(() -> Long.MIN_VALUE);
      WebServer web =
          WebServer.builder()
              .host("127.0.0.1")
              .addRouting(HttpRouting.builder().register(metrics))
              .build()
              .start();
      URI address = URI.create("http://127.0.0.1:%d/metrics".formatted(web.port()));

      HttpResponse<String> answer =
          server.client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());

      web.stop();
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\npushlab_updates_total 0.0\n");
    }
  }

  /// A delivery is counted right after it was written, so its subscriber may have it earlier.
  private void assertMetric(String line) {
    Await.until(
        line, () -> metrics().lines().anyMatch(each -> each.replaceAll("\\.0$", "").equals(line)));
  }

  private String metrics() {
    try {
      return server.get("/metrics").body();
    } catch (Exception e) {
      throw new AssertionError("no metrics", e);
    }
  }
}
