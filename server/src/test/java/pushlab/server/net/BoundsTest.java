package pushlab.server.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.state.Await;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.TestServer;
import pushlab.server.testing.WebSocketClient;

/// How much one client may use of the server, without a disadvantage for others.
@Execution(ExecutionMode.CONCURRENT)
@ParameterizedClass
@EnumSource(Delivery.class)
class BoundsTest {

  private final TestServer server;

  BoundsTest(Delivery delivery) {
    server =
        TestServer.start(
            delivery,
            "--max-connections=10",
            "--max-header=1000",
            "--max-frame=200",
            "--heartbeat=1s",
            "--request-timeout=1s",
            "--write-timeout=1s",
            "--idle-timeout=3s");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void refusesAConnectionOverTheLimitBy503AndAcceptsOneOnceThereIsRoom() throws Exception {
    List<RawConnection> open = new ArrayList<>();
    for (int connection = 0; connection < 10; connection++) {
      open.add(server.connect().send("GET /status HTTP/1.1", "Host: x", ""));
      open.getLast().readTo("\"}");
    }

    try (var tooMany = server.connect().send("GET /status HTTP/1.1", "Host: x", "")) {
      assertThat(tooMany.readToEnd())
          .startsWith("HTTP/1.1 503 ")
          .contains("Retry-After: 5\r\n", "application/problem+json", "--max-connections");
    }
    open.removeLast().close();
    Await.until("nine are open", () -> server.server.connections().open() == 9);

    try (var taken = server.connect().send("GET /status HTTP/1.1", "Host: x", "")) {
      assertThat(taken.readTo("\"}")).startsWith("HTTP/1.1 200 ");
    }
    for (RawConnection connection : open) {
      connection.close();
    }
  }

  /// It would never return after a 503.
  @Test
  void tellsAnEventSourceOverTheLimitWhenToReturn() throws Exception {
    List<RawConnection> open = new ArrayList<>();
    for (int connection = 0; connection < 10; connection++) {
      open.add(server.connect().send("GET /status HTTP/1.1", "Host: x", ""));
      open.getLast().readTo("\"}");
    }

    try (var source = server.connect()) {
      source.send("GET /events?task=x HTTP/1.1", "Host: x", "accept: text/event-stream", "");
      assertThat(source.readToEnd())
          .startsWith("HTTP/1.1 200 ")
          .contains("Content-Type: text/event-stream\r\n", "\r\nretry: ", "--max-connections")
          .doesNotContain("Connection: close", "\r\n0\r\n");
    }
    for (RawConnection connection : open) {
      connection.close();
    }
  }

  @Test
  void acceptsHeadersUpToTheirLimit() throws Exception {
    try (var connection = server.connect()) {
      connection.send("GET /status HTTP/1.1", "Host: x", "X: " + "a".repeat(900), "");
      assertThat(connection.readTo("\"}")).startsWith("HTTP/1.1 200 ");
    }
    try (var connection = server.connect()) {
      connection.send("GET /status HTTP/1.1", "Host: x", "X: " + "a".repeat(1001), "");
      assertThat(connection.readToEnd())
          .startsWith("HTTP/1.1 431 ")
          .contains("the headers of the request are longer", "--max-header");
    }
  }

  @Test
  void acceptsAFirstLineUpToItsLimit() throws Exception {
    try (var connection = server.connect()) {
      connection.send("GET /status?x=" + "a".repeat(900) + " HTTP/1.1", "Host: x", "");
      assertThat(connection.readTo("\"}")).startsWith("HTTP/1.1 200 ");
    }
    try (var connection = server.connect()) {
      connection.send("GET /status?x=" + "a".repeat(1001) + " HTTP/1.1", "Host: x", "");
      assertThat(connection.readToEnd()).startsWith("HTTP/1.1 414 ");
    }
  }

  @Test
  void acceptsFramesUpToTheirLimit() throws Exception {
    try (var client = WebSocketClient.open(server, "/ws")) {
      client.next();
      client.socket().sendText("a".repeat(200), true).join();
      client.ping("still there");
      assertThat(client.nextButPings()).isEqualTo("pong still there");

      client.socket().sendText("a".repeat(201), true).join();
      assertThat(client.nextButPings()).startsWith("close 1009");
    }
  }

  /// A request that never finishes arriving, as slowloris sends it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /sta",
        "GET /status HTTP/1.1\r\nHost: x\r\nX: ",
        "POST /update-status HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nstatus="
      })
  void closesAConnectionWhoseRequestArrivesTooSlowly(String beginning) throws Exception {
    try (var slow = server.connect().write(beginning.getBytes(UTF_8))) {
      long start = System.nanoTime();

      assertEnds(slow, "a");

      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
      Await.until("it is forgotten", () -> server.server.connections().open() == 0);
    }
  }

  @Test
  void closesAConnectionThatSendsNothing() throws Exception {
    try (var silent = server.connect()) {
      assertThat(silent.readToEnd()).isEmpty();
    }
  }

  @Test
  void keepsAHeldRequestForLongerThanAnIdleConnection() throws Exception {
    try (var held = server.connect()) {
      held.send("GET /poll-status?last_version=0&wait=4 HTTP/1.1", "Host: x", "");

      assertThat(held.readTo("\r\n\r\n")).startsWith("HTTP/1.1 204 ");
    }
  }

  @Test
  void keepsAWebSocketThatOnlyAnswersPings() throws Exception {
    try (var client = WebSocketClient.open(server, "/ws")) {
      client.next();

      assertThat(List.of(client.next(), client.next(), client.next(), client.next(), client.next()))
          .isEqualTo(nCopies(5, "ping "));
    }
  }

  /// Nothing arrives on such a connection, but it is used for sending.
  @Test
  void keepsAStreamForLongerThanAnIdleConnection() throws Exception {
    try (var stream = server.connect().send("GET /events HTTP/1.1", "Host: x", "")) {
      long began = System.nanoTime();
      while (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(4)) {
        server.state().update("x");
        stream.readTo("\n\n");
        LockSupport.parkNanos(50_000_000);
      }
    }
  }

  @Test
  void keepsAStreamByHttp2ForLongerThanAnIdleConnection() throws Exception {
    try (var http2 = TestServer.startTls("--heartbeat=400ms", "--idle-timeout=1s")) {
      var request = HttpRequest.newBuilder(http2.uri("/events")).build();
      Iterator<String> lines = http2.client.send(request, BodyHandlers.ofLines()).body().iterator();
      long began = System.nanoTime();
      while (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(3)) {
        assertThat(lines.hasNext()).isTrue();
        lines.next();
      }
    }
  }

  @Test
  void forgetsAHeldRequestWhoseClientHasGone() throws Exception {
    for (boolean reset : new boolean[] {false, true}) {
      var held = server.connect().send("GET /poll-status?last_version=0 HTTP/1.1", "Host: x", "");
      server.awaitSubscribers(1);
      long gone = System.nanoTime();
      if (reset) {
        held.reset();
      } else {
        held.close();
      }

      server.awaitSubscribers(0);

      assertThat(System.nanoTime() - gone).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }
  }

  @Test
  void forgetsAStreamWhoseClientHasGone() throws Exception {
    var stream = server.connect().send("GET /events HTTP/1.1", "Host: x", "");
    server.awaitSubscribers(1);
    stream.readTo("\n\n");

    stream.reset();

    server.awaitSubscribers(0);
  }

  /// Bytes that were read ahead are not lost: the second request waits for its turn. A thread holds
  /// the first, whose wait is no whole number.
  @Test
  void answersARequestThatCameWhileAnotherWasHeld() throws Exception {
    try (var connection = server.connect()) {
      connection.send("GET /poll-status?last_version=0&wait=4.0 HTTP/1.1", "Host: x", "");
      Await.until("it is looked ahead", () -> server.server.connections().lookingAhead() == 1);
      connection.send("GET /tasks HTTP/1.1", "Host: x", "");

      assertThat(connection.readTo("\r\n\r\n")).startsWith("HTTP/1.1 204 ");
      assertThat(connection.readTo("]}")).startsWith("HTTP/1.1 200 ").contains("\"tasks\"");
    }
  }

  /// A request may also arrive after the hold, while the look-ahead still reads.
  @Test
  void answersARequestThatCameAfterALongHold() throws Exception {
    try (var connection = server.connect()) {
      connection.send("GET /poll-status?last_version=0&wait=25.0 HTTP/1.1", "Host: x", "");
      Await.until("it is looked ahead", () -> server.server.connections().lookingAhead() == 1);
      server.update("En cours");
      assertThat(connection.readTo("\"}")).startsWith("HTTP/1.1 200 ");

      connection.send("GET /tasks HTTP/1.1", "Host: x", "");

      assertThat(connection.readTo("]}")).startsWith("HTTP/1.1 200 ").contains("\"tasks\"");
    }
  }

  @Test
  void dropsASubscriberThatTakesNothingAndDelaysNoOther() throws Exception {
    try (var stuck = server.subscriberThatDoesNotRead();
        var other = WebSocketClient.open(server, "/ws")) {
      assertThat(stuck).isNotNull();
      long version = server.state().current().version();
      while (WebSocketClient.version(other.nextButPings()) < version) {
        // An earlier answer.
      }

      server.awaitSubscribers(1);

      server.update("En cours");
      assertThat(WebSocketClient.version(other.nextButPings())).isEqualTo(version + 1);
    }
  }

  private static void assertEnds(RawConnection slow, String drop) throws InterruptedException {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> {
              for (int drops = 0; drops < 100; drops++) {
                slow.write(drop.getBytes(UTF_8));
                TimeUnit.MILLISECONDS.sleep(100);
              }
            });
  }
}
