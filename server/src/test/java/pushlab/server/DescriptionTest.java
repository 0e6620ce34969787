package pushlab.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.server.state.Await;
import pushlab.server.testing.Description;
import pushlab.server.testing.Messages;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.Schemas;
import pushlab.server.testing.TestServer;
import pushlab.server.testing.WebSocketClient;

/// The description of the API, compared with the actual answers of the server.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DescriptionTest {

  /// SeveralServersTest and StoreFailureTest test these.
  private static final Set<String> OF_A_LOST_STORE =
      Set.of("POST /update-status 503", "GET /status 503", "GET /ws 503");

  private final Set<String> got = new TreeSet<>();

  @Test
  void describesOnlyAnswersThatTheServerGives() throws Exception {
    try (var server = TestServer.start("--max-tasks=1", "--max-body=100", "--update-token=t")) {
      answersWhileItServes(server);
    }
    try (var server = TestServer.start("--max-readers=1")) {
      answersWhileItStops(server);
    }

    got.addAll(OF_A_LOST_STORE);
    assertThat(got).containsExactlyInAnyOrderElementsOf(Description.answers());
  }

  @Test
  void isServed() throws Exception {
    try (var server = TestServer.start()) {
      for (String file : new String[] {"openapi.json", "asyncapi.json"}) {
        HttpResponse<String> answer = server.get("/" + file);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(TestServer.header(answer, "Content-Type")).isEqualTo("application/json");
        assertThat(TestServer.json(answer)).isEqualTo(Schemas.of(file).document());
      }
    }
  }

  @Test
  void allTransportsDeliverTheSameSnapshot() {
    assertThat(Messages.document().getValue("/components/schemas/Snapshot"))
        .isEqualTo(Description.document().getValue("/components/schemas/Snapshot"));
  }

  private void answersWhileItServes(TestServer server) throws Exception {
    post(server, "application/json", "{\"status\":\"x\"}", "Bearer t");
    post(server, "application/json", "{}", "Bearer t");
    post(server, "application/json", "{\"status\":\"x\"}", "Bearer f");
    post(server, "application/json", " ".repeat(101), "Bearer t");
    post(server, "text/plain", "x", "Bearer t");
    post(server, "application/json", "{\"status\":\"x\",\"task\":\"second\"}", "Bearer t");
    take(server.update("x", "Origin", "https://evil.example"));
    for (String path : new String[] {"/poll-status", "/status", "/events", "/stream", "/ws"}) {
      take(server.get(path + "?task=none"));
      take(server.get(path + "?task=a%2Fb"));
    }
    take(server.get("/poll-status"));
    take(server.get("/poll-status?last_version=1&wait=0"));
    HttpResponse<String> status = take(server.get("/status"));
    take(server.get("/status", "If-None-Match", TestServer.header(status, "ETag")));
    take(server.get("/events", "Accept", "application/json"));
    take(server.get("/ws"));
    take(server.get("/tasks"));
    take(server.get("/time"));
    take(server.get("/health/live"));
    take(server.get("/health/ready"));
    take(server.get("/metrics"));
    stream(server);
    webSocket(server);
    webSocketOfAnotherSite(server);
    underAnotherName(server, "POST /update-status", "Content-Length: 0");
    underAnotherName(server, "GET /ws", "Connection: Upgrade", "Upgrade: websocket");
  }

  private void answersWhileItStops(TestServer server) throws Exception {
    try (RawConnection _ = server.subscriberThatDoesNotRead()) {
      take(server.get("/poll-status"));
      take(server.get("/events"));
      take(server.get("/stream"));
    }
    // By a request that has begun, because the server accepts no more connections then.
    try (RawConnection client = server.connect().send("GET /health/ready HTTP/1.1")) {
      Await.until("it has begun", () -> server.server.connections().arriving() == 1);
      Thread stopping = Thread.startVirtualThread(server.server::close);
      Await.until("the server is stopping", () -> server.state().isClosed());
      assertThat(client.send("Host: x", "").readToEnd()).startsWith("HTTP/1.1 503 ");
      got.add("GET /health/ready 503");
      stopping.join();
    }
  }

  private void post(TestServer server, String type, String body, String authorization)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.uri("/update-status"))
            .headers("Content-Type", type, "Authorization", authorization)
            .POST(BodyPublishers.ofByteArray(body.getBytes(UTF_8)))
            .build();
    take(server.client.send(request, BodyHandlers.ofString()));
  }

  private void stream(TestServer server) throws Exception {
    try (RawConnection client = server.connect()) {
      client.send("GET /events HTTP/1.1", "Host: x", "");
      assertThat(client.readTo("\n\n")).startsWith("HTTP/1.1 200 ").contains("text/event-stream");
      got.add("GET /events 200");
    }
    try (RawConnection client = server.connect()) {
      client.send("GET /stream HTTP/1.1", "Host: x", "");
      assertThat(client.readTo("}\n")).startsWith("HTTP/1.1 200 ").contains("x-ndjson");
      got.add("GET /stream 200");
    }
  }

  private void webSocket(TestServer server) throws Exception {
    try (var client = WebSocketClient.open(server, "/ws")) {
      assertThat(client.nextVersion()).isEqualTo(1);
      got.add("GET /ws 101");
    }
  }

  private void webSocketOfAnotherSite(TestServer server) throws Exception {
    try (RawConnection client = server.connect()) {
      client.send("GET /ws HTTP/1.1", "Host: x", "Origin: https://evil.example");
      client.send("Connection: Upgrade", "Upgrade: websocket", "");
      assertThat(client.readTo("}")).startsWith("HTTP/1.1 403 ");
      got.add("GET /ws 403");
    }
  }

  private void underAnotherName(TestServer server, String call, String... headers)
      throws Exception {
    try (RawConnection client = server.connect()) {
      client.send(call + " HTTP/1.1", "Host: evil.example").send(headers).send("");
      assertThat(client.readTo("}")).startsWith("HTTP/1.1 421 ");
      got.add(call + " 421");
    }
  }

  private HttpResponse<String> take(HttpResponse<String> answer) {
    Description.assertFits(answer);
    got.add(Description.name(answer));
    return answer;
  }
}
