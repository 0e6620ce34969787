package pushlab.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.Problems.assertProblem;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.net.Delivery;
import pushlab.server.testing.Log;
import pushlab.server.testing.Messages;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.TestServer;
import pushlab.server.testing.WebSocketClient;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ParameterizedClass
@EnumSource(Delivery.class)
class WebSocketPushTest {

  private final Delivery delivery;
  private final TestServer server;

  WebSocketPushTest(Delivery delivery) {
    this.delivery = delivery;
    server = TestServer.start(delivery, "--heartbeat=1s", "--max-readers=3");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void firstFrameIsTheCurrentSnapshot() throws Exception {
    server.update("Échec 日本 🎉");

    try (var client = WebSocketClient.open(server, "/ws")) {
      assertThat(client.next()).isEqualTo("text " + server.get("/status").body());
    }
  }

  @Test
  void sendsOneFrameForEachVersionInOrder() throws Exception {
    try (var client = WebSocketClient.open(server, "/ws")) {
      List<Long> versions = new ArrayList<>();
      versions.add(client.nextVersion());
      for (int i = 1; i <= 50; i++) {
        server.update("status " + i);
        versions.add(client.nextVersion());
      }

      assertThat(versions)
          .containsExactlyElementsOf(LongStream.rangeClosed(0, 50).boxed().toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ws?last_version=1", "/ws?last_version=1&epoch=%s"})
  void continuesAfterThePositionInTheQuery(String path) throws Exception {
    server.update("seen");

    try (var client = WebSocketClient.open(server, path.formatted(server.state().epoch()))) {
      server.awaitSubscribers(1);
      server.update("new");
      assertThat(client.nextVersion()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ws?last_version=0", "/ws?last_version=9", "/ws?last_version=1&epoch=x"})
  void sendsTheCurrentSnapshotToAClientThatHasSeenAnother(String path) throws Exception {
    server.update("x");

    try (var client = WebSocketClient.open(server, path)) {
      assertThat(client.nextVersion()).isEqualTo(1);
    }
  }

  @Test
  void pingsAsHeartbeat() throws Exception {
    try (var client = WebSocketClient.open(server, "/ws")) {
      client.nextVersion();
      long began = System.nanoTime();

      assertThat(client.next()).isEqualTo("ping ");
      assertThat(System.nanoTime() - began).isLessThan(2_000_000_000L);
      assertThat(client.next()).isEqualTo("ping ");
    }
  }

  /// Only the pongs arrive on such a connection, and one on which nothing arrives is cut.
  @Test
  void pingsAtFixedIntervalsDuringManyUpdates() throws Exception {
    try (var busy = TestServer.start(delivery, "--heartbeat=500ms", "--idle-timeout=2s");
        var client = WebSocketClient.open(busy, "/ws")) {
      long began = System.nanoTime();
      for (int pings = 0; pings < 6; ) {
        busy.state().update("x");
        String frame = client.next();
        while (frame.equals("ping ")) {
          pings++;
          frame = client.next();
        }
        assertThat(frame).startsWith("text ");
        LockSupport.parkNanos(20_000_000);
      }
      assertThat(System.nanoTime() - began).isGreaterThan(2_900_000_000L);
    }
  }

  @Test
  void answersAPingByAPongWithItsPayload() throws Exception {
    try (var client = WebSocketClient.open(server, "/ws")) {
      client.nextVersion();

      client.ping("hello");

      assertThat(client.nextButPings()).isEqualTo("pong hello");
    }
  }

  /// Two threads send at the same time. A frame must end before the next begins.
  @Test
  void answersPingsWhileUpdatesStorm() throws Exception {
    int pings = 20_000;
    try (RawConnection client = WebSocketClient.upgraded(server)) {
      Thread updates = updatesWithoutEnd();
      Thread pinging = Thread.startVirtualThread(() -> ping(client, pings));
      int pongs = 0;
      long last = -1;
      while (pongs < pings) {
        String frame = nextButPings(client);
        if (frame.startsWith("pong ")) {
          assertThat(frame).isEqualTo("pong %05d".formatted(pongs));
          pongs++;
        } else {
          long version = WebSocketClient.version(frame);
          assertThat(version).isGreaterThan(last);
          last = version;
        }
      }
      pinging.join();
      updates.interrupt();
      updates.join();
      long end = server.state().current().version();
      while (last < end) {
        last = WebSocketClient.version(nextButPings(client));
      }
    }
  }

  private static void ping(RawConnection client, int pings) {
    var frames = new ByteArrayOutputStream();
    for (int i = 0; i < pings; i++) {
      frames.writeBytes(new byte[] {(byte) 0x89, (byte) 0x85, 0, 0, 0, 0});
      frames.writeBytes("%05d".formatted(i).getBytes(UTF_8));
    }
    try {
      client.write(frames.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Thread updatesWithoutEnd() {
    return Thread.ofPlatform()
        .start(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                server.state().update("x".repeat(256));
              }
            });
  }

  @Test
  void answersACloseByACloseAndForgetsTheSubscriber() throws Exception {
    try (var client = WebSocketClient.open(server, "/ws")) {
      client.nextVersion();
      server.awaitSubscribers(1);

      client.socket().sendClose(WebSocket.NORMAL_CLOSURE, "bye").join();

      assertThat(client.nextButPings()).startsWith("close 1000");
      server.awaitSubscribers(0);
    }
  }

  @Test
  void sendsNothingAfterItsAnswerToAClose() throws Exception {
    Thread updates = updatesWithoutEnd();
    for (int i = 0; i < 200; i++) {
      try (RawConnection client = WebSocketClient.upgraded(server)) {
        client.write(
            (byte) 0x88,
            (byte) 0x82,
            (byte) 0,
            (byte) 0,
            (byte) 0,
            (byte) 0,
            (byte) 3,
            (byte) 0xe8);

        String frame = client.readFrame();
        while (!frame.startsWith("close ")) {
          frame = client.readFrame();
        }
        assertThat(client.readToEnd()).isEmpty();
      }
    }
    updates.interrupt();
    updates.join();
  }

  @Test
  void framesStayWholeWhenItClosesDuringUpdates() throws Exception {
    Thread updates = updatesWithoutEnd();
    for (int i = 0; i < 200; i++) {
      try (RawConnection client = WebSocketClient.upgraded(server)) {
        client.write(0x82, 0);

        for (String frame = client.readFrame(); !frame.isEmpty(); frame = client.readFrame()) {
          Messages.assertFrameFits(frame);
          if (frame.startsWith("close ")) {
            client.write(0x88, 0x80, 0, 0, 0, 0);
          }
        }
      }
    }
    updates.interrupt();
    updates.join();
  }

  @Test
  void forgetsAClientThatGoesAwayBeforeItsNextHeartbeat() throws Exception {
    try (var patient = TestServer.start(delivery, "--heartbeat=60s")) {
      RawConnection client = WebSocketClient.upgraded(patient);
      patient.awaitSubscribers(1);

      client.reset();

      patient.awaitSubscribers(0);
    }
  }

  @Test
  void closesWith1012WhenTheServerStops() throws Exception {
    try (var client = WebSocketClient.open(server, "/ws")) {
      client.nextVersion();

      Thread stopping = Thread.startVirtualThread(server.server::close);

      assertThat(client.nextButPings()).startsWith("close 1012");
      stopping.join();
    }
  }

  /// The system resets a connection with unread bytes, and the close could be lost.
  @Test
  void waitsForTheClientsCloseWhenItStopsButNotForLong() throws Exception {
    try (RawConnection answering = WebSocketClient.upgraded(server);
        RawConnection silent = WebSocketClient.upgraded(server)) {
      server.awaitSubscribers(2);
      answering.readFrame();
      silent.readFrame();
      Thread stopping = Thread.startVirtualThread(server.server::close);
      assertThat(nextButPings(answering)).isEqualTo("close 1012");
      assertThat(nextButPings(silent)).isEqualTo("close 1012");

      answering.write(0x89, 0x80, 0, 0, 0, 0);
      answering.write(0x88, 0x82, 0, 0, 0, 0, 3, 0xf4);

      assertThat(answering.readFrame()).as("after both closes").isEmpty();
      assertThat(silent.readFrame()).as("after some seconds").isEmpty();
      stopping.join();
    }
  }

  private static String nextButPings(RawConnection client) throws IOException {
    String frame = client.readFrame();
    while (frame.startsWith("ping ")) {
      frame = client.readFrame();
    }
    return frame;
  }

  @Test
  void closesWith1013BeyondTheLimit() throws Exception {
    try (var first = WebSocketClient.open(server, "/ws");
        var second = WebSocketClient.open(server, "/ws");
        var third = WebSocketClient.open(server, "/ws")) {
      for (WebSocketClient client : List.of(first, second, third)) {
        client.nextVersion();
      }

      try (var refused = WebSocketClient.open(server, "/ws")) {
        assertThat(refused.next())
            .isEqualTo("close 1013 3 subscribers are waiting already, and no more are accepted");
      }
    }
  }

  @Test
  void forgetsAClientThatVanishesWithoutAClose() throws Exception {
    try (var log = new Log()) {
      RawConnection client = WebSocketClient.upgraded(server);
      server.awaitSubscribers(1);

      client.reset();

      server.awaitSubscribers(0);
      server.server.close();
      assertThat(log.lines()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "last_version=abc, 400, last_version: must be",
    "last_version=, 400, last_version: must be",
    "last_version=1&last_version=1, 400, last_version: must be",
    "epoch=a-b, 400, epoch: must be",
    "task=a%20b, 400, task: must be",
    "task=nobody, 404, task: there is no task 'nobody'",
  })
  void refusesABadParameterBeforeTheUpgrade(String query, int status, String detail)
      throws Exception {
    try (RawConnection client = server.connect()) {
      client.send("GET /ws?" + query + " HTTP/1.1").send(WebSocketClient.upgrade());

      assertProblem(client.readTo("}"), status, detail);
    }
  }
}
