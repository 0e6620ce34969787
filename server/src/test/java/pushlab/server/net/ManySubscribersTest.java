package pushlab.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.ServerProcess;
import pushlab.server.testing.WebSocketClient;

/// Many subscribers of a server in a process of its own, with its default options.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ParameterizedClass
@EnumSource(Delivery.class)
class ManySubscribersTest {

  private static final int SOME = 1_500;
  private static final int MANY = 15_000;

  private final ServerProcess server;
  private final URI address;
  private final List<RawConnection> subscribers = new ArrayList<>();

  ManySubscribersTest(Delivery delivery) throws IOException {
    server = ServerProcess.start("--port=0", "--delivery=" + delivery);
    address = server.address();
  }

  @AfterEach
  void stop() throws Exception {
    for (RawConnection subscriber : subscribers) {
      subscriber.close();
    }
    server.stop();
    assertThat(server.errors()).isEmpty();
  }

  @Test
  void wakesSomeHeldRequests() throws Exception {
    tellsHeldRequests(SOME);
  }

  @Test
  @Tag("long")
  void wakesManyHeldRequests() throws Exception {
    tellsHeldRequests(MANY);
  }

  @Test
  void pushesToSomeWebSockets() throws Exception {
    tellsWebSockets(SOME);
  }

  @Test
  @Tag("long")
  void pushesToManyWebSockets() throws Exception {
    tellsWebSockets(MANY);
  }

  private void tellsHeldRequests(int count) throws Exception {
    connect(count);
    for (RawConnection subscriber : subscribers) {
      subscriber.send("GET /poll-status?last_version=0 HTTP/1.1", "Host: x", "");
    }
    awaitWaiting("long-polling");

    update();

    for (RawConnection subscriber : subscribers) {
      assertThat(subscriber.readTo("\"}")).startsWith("HTTP/1.1 200 ").contains("\"version\":1,");
    }
  }

  private void tellsWebSockets(int count) throws Exception {
    connect(count);
    for (RawConnection subscriber : subscribers) {
      subscriber.send("GET /ws?last_version=0 HTTP/1.1").send(WebSocketClient.upgrade());
    }
    for (RawConnection subscriber : subscribers) {
      assertThat(subscriber.readTo("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
    }
    awaitWaiting("websocket");

    update();

    for (RawConnection subscriber : subscribers) {
      String frame = subscriber.readFrame();
      while (frame.startsWith("ping ")) {
        frame = subscriber.readFrame();
      }
      assertThat(WebSocketClient.version(frame)).isEqualTo(1);
    }
  }

  private void connect(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      subscribers.add(RawConnection.to(address));
    }
  }

  private void awaitWaiting(String transport) throws IOException {
    String line =
        "\npushlab_readers_waiting{transport=\"%s\"} %d.0\n"
            .formatted(transport, subscribers.size());
    while (!metrics().contains(line)) {
      LockSupport.parkNanos(50_000_000);
    }
  }

  private String metrics() throws IOException {
    try (RawConnection client = RawConnection.to(address)) {
      return client.send("GET /metrics HTTP/1.1", "Host: x", "Connection: close", "").readToEnd();
    }
  }

  private void update() throws Exception {
    try (RawConnection writer = RawConnection.to(address)) {
      writer.send("POST /update-status?status=x HTTP/1.1", "Host: localhost", "");
      assertThat(writer.readTo("\"}")).startsWith("HTTP/1.1 200 ").contains("\"version\":1,");
    }
  }
}
