package pushlab.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.state.Await;
import pushlab.server.testing.Log;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.TestServer;
import pushlab.server.testing.WebSocketClient;

/// Clients that go away while the loop holds their requests. The loop always reads, so it notices
/// at once.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VanishedClientsTest {

  private static final String POLL = "GET /poll-status?last_version=0 HTTP/1.1";

  private final TestServer server = TestServer.start(Delivery.LOOP);

  @AfterEach
  void stop() {
    server.close();
  }

  /// The fastest of several tries, since the machine may be busy.
  @ParameterizedTest
  @CsvSource({
    "/poll-status?last_version=0, true",
    "/poll-status?last_version=0, false",
    "/events?last_version=0, true",
    "/stream?last_version=0, false",
    "/ws?last_version=0, true",
    "/ws?last_version=0, false"
  })
  void oneIsForgottenWithinASecond(String path, boolean reset) throws Exception {
    List<Duration> tries = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      RawConnection client = server.connect().send("GET " + path + " HTTP/1.1");
      client.send(
          path.startsWith("/ws") ? WebSocketClient.upgrade() : new String[] {"Host: x", ""});
      server.awaitSubscribers(1);
      Await.until("it is on the loop", () -> server.server.connections().onLoop() == 1);
      long gone = System.nanoTime();
      leave(client, reset);
      awaitNobody();
      tries.add(Duration.ofNanos(System.nanoTime() - gone));
    }

    assertThat(Stream.of(tries.toArray(Duration[]::new)).sorted().findFirst().orElseThrow())
        .isLessThan(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void twoThousandAreForgottenAndOthersServedMeanwhile(boolean reset) throws Exception {
    try (var log = new Log();
        RawConnection other = server.connect()) {
      List<RawConnection> clients = hold(2_000);

      for (RawConnection client : clients) {
        leave(client, reset);
      }

      server.awaitSubscribers(0);
      other.send(POLL, "Host: x", "");
      server.awaitSubscribers(1);
      server.state().update("x");
      assertThat(other.readTo("\"}")).startsWith("HTTP/1.1 200 ").contains("\"version\":1,");
      Await.until("one is open", () -> server.server.connections().onLoop() == 1);
      assertThat(log.lines()).isEmpty();
    }
    awaitNobody();
  }

  /// The loop writes to clients that are about to go, or have just gone.
  @Test
  void someMayGoWhileTheHerdIsTold() throws Exception {
    try (var log = new Log()) {
      List<RawConnection> clients = hold(1_000);
      Thread leaving =
          Thread.startVirtualThread(
              () -> {
                for (int i = 0; i < clients.size(); i += 2) {
                  leave(clients.get(i), i % 4 == 0);
                }
              });

      server.state().update("x");

      leaving.join();
      for (int i = 1; i < clients.size(); i += 2) {
        assertThat(clients.get(i).readTo("\"}")).startsWith("HTTP/1.1 200 ");
        clients.get(i).close();
      }
      awaitNobody();
      assertThat(log.lines()).isEmpty();
    }
  }

  /// The loop does not read on before it has answered, and finds out then.
  @Test
  void oneThatHasSentItsNextRequestIsForgottenWhenItIsTold() throws Exception {
    RawConnection client = server.connect().send(POLL, "Host: x", "");
    server.awaitSubscribers(1);
    client.send("GET /status HTTP/1.1", "Host: x", "");
    client.reset();

    server.state().update("x");

    awaitNobody();
  }

  private List<RawConnection> hold(int count) throws IOException {
    List<RawConnection> held = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      held.add(server.connect().send(POLL, "Host: x", ""));
    }
    server.awaitSubscribers(count);
    return held;
  }

  private void awaitNobody() {
    server.awaitSubscribers(0);
    Await.until("none is open", () -> server.server.connections().open() == 0);
    Await.until("none is on the loop", () -> server.server.connections().onLoop() == 0);
  }

  private static void leave(RawConnection client, boolean reset) {
    try {
      if (reset) {
        client.reset();
      } else {
        client.close();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
