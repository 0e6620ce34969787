package pushlab.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.TestServer.header;
import static pushlab.server.testing.TestServer.json;
import static pushlab.server.testing.TestServer.version;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.server.net.Delivery;
import pushlab.server.testing.TestServer;
import pushlab.server.testing.WebSocketClient;

/// What all transports have in common.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransportsTest {

  private static final int UPDATES = 400;

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void allEndOnTheSameLastVersionAfterAStorm(Delivery delivery) throws Exception {
    try (var server = TestServer.start(delivery)) {
      assertThatAllEndOnTheSameLastVersion(server);
    }
  }

  @Test
  void allDoSoByTlsAndHttp2() throws Exception {
    try (var server = TestServer.startTls()) {
      assertThatAllEndOnTheSameLastVersion(server);
    }
  }

  private static void assertThatAllEndOnTheSameLastVersion(TestServer server) throws Exception {
    Map<String, Callable<List<Long>>> transports =
        new TreeMap<>(
            Map.of(
                "short polling", () -> shortPolling(server),
                "long polling", () -> longPolling(server),
                "server-sent events", () -> serverSentEvents(server),
                "NDJSON stream", () -> ndjsonStream(server),
                "WebSocket", () -> webSocket(server)));
    Map<String, Future<List<Long>>> subscribers = new TreeMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      transports.forEach(
          (name, transport) -> {
            for (int i = 0; i < 5; i++) {
              subscribers.put(name + " " + i, threads.submit(transport));
            }
          });
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        writers.add(
            threads.submit(
                () -> {
                  for (int update = 0; update < UPDATES / 4; update++) {
                    server.update("x");
                  }
                  return null;
                }));
      }
      for (Future<?> writer : writers) {
        writer.get(20, TimeUnit.SECONDS);
      }
      for (Map.Entry<String, Future<List<Long>>> subscriber : subscribers.entrySet()) {
        assertThat(subscriber.getValue().get(10, TimeUnit.SECONDS))
            .as(subscriber.getKey())
            .isSorted()
            .doesNotHaveDuplicates()
            .endsWith((long) UPDATES);
      }
    }
  }

  private static List<Long> shortPolling(TestServer server) throws Exception {
    List<Long> seen = new ArrayList<>();
    String tag = "\"none\"";
    while (!seen.contains((long) UPDATES)) {
      HttpResponse<String> answer = server.get("/status", "If-None-Match", tag);
      if (answer.statusCode() == 200) {
        seen.add(version(answer));
        tag = header(answer, "ETag");
      }
    }
    return seen;
  }

  private static List<Long> longPolling(TestServer server) throws Exception {
    List<Long> seen = new ArrayList<>();
    String query = "";
    while (!seen.contains((long) UPDATES)) {
      HttpResponse<String> answer = server.get("/poll-status" + query);
      seen.add(version(answer));
      query = "?last_version=" + version(answer);
    }
    return seen;
  }

  private static List<Long> serverSentEvents(TestServer server) throws Exception {
    List<Long> seen = new ArrayList<>();
    HttpRequest request = HttpRequest.newBuilder(server.uri("/events")).build();
    try (Stream<String> lines = server.client.send(request, BodyHandlers.ofLines()).body()) {
      Iterator<String> events = lines.filter(line -> line.startsWith("data:")).iterator();
      while (!seen.contains((long) UPDATES)) {
        seen.add(json(events.next().substring(5)).getJsonNumber("version").longValueExact());
      }
    }
    return seen;
  }

  private static List<Long> ndjsonStream(TestServer server) throws Exception {
    List<Long> seen = new ArrayList<>();
    HttpRequest request = HttpRequest.newBuilder(server.uri("/stream")).build();
    try (Stream<String> lines = server.client.send(request, BodyHandlers.ofLines()).body()) {
      Iterator<String> snapshots = lines.filter(line -> !line.isEmpty()).iterator();
      while (!seen.contains((long) UPDATES)) {
        seen.add(json(snapshots.next()).getJsonNumber("version").longValueExact());
      }
    }
    return seen;
  }

  private static List<Long> webSocket(TestServer server) throws Exception {
    List<Long> seen = new ArrayList<>();
    try (var client = WebSocketClient.open(server, "/ws")) {
      while (!seen.contains((long) UPDATES)) {
        seen.add(client.nextVersion());
      }
    }
    return seen;
  }
}
