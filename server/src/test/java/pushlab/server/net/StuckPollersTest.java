package pushlab.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.server.state.Await;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.TestServer;

/// Clients that poll again and again, and never read an answer, on the loop.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StuckPollersTest {

  private static final Duration STUCK = Duration.ofMillis(500);

  private final TestServer server = TestServer.start(Delivery.LOOP, "--write-timeout=3s");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void oneDelaysNobodyAndIsCutAfterTheWriteTimeout() throws Exception {
    try (RawConnection stuck = stuck(server);
        RawConnection other = server.connect()) {
      for (int updates = 0; updates < 10; updates++) {
        long version = server.state().current().version();
        poll(other, version);
        server.awaitSubscribers(2);
        server.state().update("x");
        assertThat(other.readTo("\"}")).contains("\"version\":%d,".formatted(version + 1));
        assertThat(server.server.connections().open()).isEqualTo(2);
        server.awaitSubscribers(1);
      }

      Await.until("it is cut", () -> server.server.connections().open() == 1);

      server.awaitSubscribers(0);
      assertThat(stuck).isNotNull();
    }
  }

  /// It may take longer to read than the other tests let a write wait.
  @Test
  void oneThatReadsLaterGetsAllAnswersInOrder() throws Exception {
    try (TestServer patient = TestServer.start(Delivery.LOOP);
        RawConnection stuck = stuck(patient)) {
      long last = patient.state().current().version();
      for (long version = 1; version <= last; version++) {
        assertThat(stuck.readTo("\"}"))
            .startsWith("HTTP/1.1 200 ")
            .contains("\"version\":%d,".formatted(version));
      }
      patient.awaitSubscribers(0);
      poll(stuck, last);
      patient.awaitSubscribers(1);
      patient.state().update("x");

      assertThat(stuck.readTo("\"}")).contains("\"version\":%d,".formatted(last + 1));
    }
  }

  @Test
  void stopWaitsForNone() throws Exception {
    try (RawConnection stuck = stuck(server)) {
      long began = System.nanoTime();

      server.server.close();

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
      assertThat(server.server.connections().open()).isZero();
      assertThat(stuck).isNotNull();
    }
  }

  /// A client whose last poll is being answered, and does not take the answer.
  private static RawConnection stuck(TestServer server) throws Exception {
    RawConnection client = server.connect();
    String status = "🎉".repeat(256);
    while (true) {
      poll(client, server.state().current().version());
      server.awaitSubscribers(1);
      server.state().update(status);
      long told = System.nanoTime();
      while (server.server.subscribers().waiting() > 0) {
        if (System.nanoTime() - told > STUCK.toNanos()) {
          return client;
        }
        LockSupport.parkNanos(20_000);
      }
    }
  }

  private static void poll(RawConnection client, long version) throws Exception {
    client.send("GET /poll-status?last_version=" + version + " HTTP/1.1", "Host: x", "");
  }
}
