package pushlab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static pushlab.server.testing.TestServer.header;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.net.Delivery;
import pushlab.server.state.Await;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.ServerProcess;
import pushlab.server.testing.TestServer;
import pushlab.server.testing.WebSocketClient;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoppingTest {

  private static final Duration PROMISED = Duration.ofSeconds(5);

  private final TestServer server = TestServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void answersEveryHeldRequest(Delivery delivery) throws Exception {
    TestServer server = TestServer.start(delivery);
    List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      held.add(server.hold("/poll-status?last_version=0&wait=30"));
    }

    server.server.close();

    for (CompletableFuture<HttpResponse<String>> request : held) {
      HttpResponse<String> answer = request.get(10, TimeUnit.SECONDS);
      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(header(answer, "ETag")).endsWith("-0\"");
      assertThat(header(answer, "Connection")).isEqualTo("close");
    }
    assertThat(server.server.subscribers().waiting()).isZero();
    server.close();
  }

  /// None is reset, and each says that it is the last on its connection.
  @ParameterizedTest
  @EnumSource(Delivery.class)
  void answersHeldRequestsAndThenClosesTheirConnections(Delivery delivery) throws Exception {
    TestServer server = TestServer.start(delivery);
    List<RawConnection> held = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      held.add(server.connect().send("GET /poll-status?last_version=0 HTTP/1.1", "Host: x", ""));
    }
    server.awaitSubscribers(300);
    long began = System.nanoTime();

    server.server.close();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PROMISED);
    for (RawConnection client : held) {
      assertThat(client.readToEnd())
          .startsWith("HTTP/1.1 204 ")
          .contains("Connection: close\r\n")
          .endsWith("\r\n\r\n");
    }
    assertThat(server.server.connections().open()).isZero();
    server.close();
  }

  /// The one that came early may be left to its client, which asks again elsewhere.
  @ParameterizedTest
  @EnumSource(Delivery.class)
  void answersAHeldRequestAlthoughAnotherHasCome(Delivery delivery) throws Exception {
    TestServer server = TestServer.start(delivery);
    try (RawConnection client = server.connect()) {
      client.send("GET /poll-status?last_version=0 HTTP/1.1", "Host: x", "");
      server.awaitSubscribers(1);
      client.send("GET /poll-status?last_version=0 HTTP/1.1", "Host: x", "");

      server.server.close();

      assertThat(client.readToEnd())
          .startsWith("HTTP/1.1 204 ")
          .contains("Connection: close\r\n")
          .endsWith("\r\n\r\n");
    }
    server.close();
  }

  @Test
  void answersRequestsThatHaveBegunAndAcceptsNoConnectionMeanwhile() throws Exception {
    try (RawConnection _ = server.subscriberThatDoesNotRead();
        RawConnection status = begun("GET /status HTTP/1.1");
        RawConnection poll = begun("GET /poll-status?last_version=0&wait=30 HTTP/1.1");
        RawConnection stream = begun("GET /events?last_version=0 HTTP/1.1");
        RawConnection update = begun("POST /update-status?status=x HTTP/1.1");
        RawConnection ready = begun("GET /health/ready HTTP/1.1");
        RawConnection unused = server.connect()) {
      unused.send("GET /status HTTP/1.1", "Host: x", "").readTo("\"}");
      Await.until("all have begun", () -> server.server.connections().arriving() == 5);
      Thread stopping = Thread.startVirtualThread(server.server::close);
      Await.until("the server is stopping", () -> server.state().isClosed());

      assertThatExceptionOfType(ConnectException.class).isThrownBy(server::connect);
      assertThat(unused.readToEnd()).isEmpty();
      assertLast(status, "200", "\"status\"");
      assertLast(poll, "200", "\"version\"");
      assertLast(stream, "200", "text/event-stream");
      assertLast(ready, "503", "\"reason\":\"the server is stopping\"");
      assertLast(update.send("Content-Length: 0"), "200", "\"status\":\"x\"");
      stopping.join();
    }
  }

  private RawConnection begun(String line) throws Exception {
    return server.connect().send(line);
  }

  private static void assertLast(RawConnection begun, String status, String part) throws Exception {
    assertThat(begun.send("Host: localhost", "").readToEnd())
        .startsWith("HTTP/1.1 " + status)
        .contains("Connection: close\r\n", part);
  }

  @Test
  void waitsForNoClientForLong() throws Exception {
    try (RawConnection _ = server.subscriberThatDoesNotRead();
        RawConnection _ = begun("POST /update-status HTTP/1.1");
        RawConnection socket = server.connect()) {
      socket.send("GET /ws HTTP/1.1").send(WebSocketClient.upgrade()).readTo("}");
      long began = System.nanoTime();

      server.server.close();

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PROMISED);
    }
  }

  /// With real signals, on a busy machine, and with each kind of open connection.
  @ParameterizedTest
  @ValueSource(strings = {"--tls-self-signed", "--delivery=loop", "--delivery=threads"})
  void endsTheProcessInTimeWhateverIsOpen(String option) throws Exception {
    try (var process = ServerProcess.start("--port=0", option)) {
      URI address = process.address();
      List<RawConnection> open = new ArrayList<>();
      open.add(RawConnection.to(URI.create(address.toString().replace("https", "http"))));
      for (int i = 0; i < 20; i++) {
        open.add(ask(address, "GET /poll-status?last_version=0 HTTP/1.1"));
        open.add(ask(address, "GET /events HTTP/1.1"));
        open.add(
            RawConnection.to(address).send("GET /ws HTTP/1.1").send(WebSocketClient.upgrade()));
        open.getLast().readTo("}");
      }
      try (var _ = new Busy(2)) {
        long began = System.nanoTime();
        process.process.toHandle().destroy();
        process.process.toHandle().destroy();
        assertThat(process.exit()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PROMISED);
      }
      assertThat(process.errors()).isEmpty();
      for (RawConnection connection : open) {
        connection.close();
      }
    }
  }

  private static RawConnection ask(URI address, String line) throws Exception {
    return RawConnection.to(address).send(line, "Host: x", "");
  }

  /// Threads that keep the processors busy.
  private static final class Busy implements AutoCloseable {

    private volatile boolean over;

    Busy(int threads) {
      for (int i = 0; i < threads; i++) {
        Thread.ofPlatform().daemon().start(this::run);
      }
    }

    private void run() {
      while (!over) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void close() {
      over = true;
    }
  }

  @Test
  void serverMayBeClosedTwice() {
    server.server.close();
    server.server.close();

    assertThat(server.server.subscribers().waiting()).isZero();
  }
}
