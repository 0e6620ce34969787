package pushlab.server.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.server.state.Await;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.TestServer;

/// How much a client that polls may use of the server.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
@ParameterizedClass
@EnumSource(Delivery.class)
class PollBoundsTest {

  private static final int CONNECTIONS = 10;

  private final TestServer server;
  private final TestServer small;

  PollBoundsTest(Delivery delivery) {
    server =
        TestServer.start(
            delivery, "--heartbeat=500ms", "--request-timeout=1s", "--idle-timeout=2s");
    small =
        TestServer.start(
            delivery, "--max-connections=" + CONNECTIONS, "--max-readers=" + (CONNECTIONS - 1));
  }

  @AfterEach
  void stop() {
    server.close();
    small.close();
  }

  @Test
  void connectionThatPollsAgainAndAgainIsKept() throws Exception {
    try (RawConnection client = server.connect()) {
      long began = System.nanoTime();
      while (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(6)) {
        poll(client, "last_version=0&wait=1");
        assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 204 ");
      }
    }
  }

  @Test
  void connectionThatPollsNoMoreIsClosed() throws Exception {
    try (RawConnection client = server.connect()) {
      poll(client, "last_version=0&wait=1").readTo("\r\n\r\n");

      assertThat(client.readToEnd()).isEmpty();

      Await.until("it is forgotten", () -> server.server.connections().open() == 0);
    }
  }

  @Test
  void heldPollIsKeptForLongerThanAnIdleConnection() throws Exception {
    try (RawConnection client = server.connect()) {
      poll(client, "last_version=0&wait=5");

      assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 204 ");
    }
  }

  @Test
  void connectionIsClosedIfTheNextPollArrivesTooSlowly() throws Exception {
    try (RawConnection client = server.connect()) {
      poll(client, "wait=1").readTo("\"}");
      client.write("GET /poll-status?wait=1 HT".getBytes(UTF_8));
      Await.until("it is arriving", () -> server.server.connections().arriving() == 1);

      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void connectionsWithHeldPollsCountForTheLimit() throws Exception {
    List<RawConnection> held = hold(CONNECTIONS - 1);
    try (RawConnection last = small.connect()) {
      last.send("GET /status HTTP/1.1", "Host: x", "").readTo("\"}");
      try (RawConnection tooMany = small.connect()) {
        assertThat(poll(tooMany, "last_version=0").readToEnd())
            .startsWith("HTTP/1.1 503 ")
            .contains("--max-connections");
      }

      held.removeLast().reset();
      Await.until("there is room", () -> small.server.connections().open() < CONNECTIONS);

      try (RawConnection next = small.connect()) {
        assertThat(poll(next, "wait=0").readTo("\"}")).startsWith("HTTP/1.1 200 ");
      }
    }
    close(held);
  }

  /// Also on a connection whose polls were held before.
  @Test
  void pollOverTheLimitIsRefusedAndItsConnectionKept() throws Exception {
    try (RawConnection client = small.connect()) {
      poll(client, "last_version=0&wait=1").readTo("\r\n\r\n");
      List<RawConnection> held = hold(CONNECTIONS - 1);

      poll(client, "last_version=0&wait=1");
      assertThat(client.readTo("\"}"))
          .startsWith("HTTP/1.1 503 ")
          .contains("Retry-After: 5\r\n", "9 subscribers are waiting");

      close(held);
      small.awaitSubscribers(0);
      poll(client, "last_version=0&wait=1");
      assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 204 ");
    }
  }

  private List<RawConnection> hold(int count) throws IOException {
    List<RawConnection> held = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      held.add(poll(small.connect(), "last_version=0"));
    }
    small.awaitSubscribers(count);
    return held;
  }

  private static RawConnection poll(RawConnection client, String query) throws IOException {
    return client.send("GET /poll-status?" + query + " HTTP/1.1", "Host: x", "");
  }

  private static void close(List<RawConnection> connections) throws IOException {
    for (RawConnection connection : connections) {
      connection.close();
    }
  }
}
