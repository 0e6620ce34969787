package pushlab.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.bench.watch.Watch.Counted;
import pushlab.report.result.Transport;
import pushlab.server.PushlabServer;
import pushlab.server.options.ServerOptions;

/// The watch on our own server.
@Timeout(60)
class WatchTest {

  private static final int CLIENTS = 20;
  private static final int SNAPSHOT_BYTES = 80;
  private static final int WHO_ASKS = 1;
  private static final int WHO_PUBLISHED = 1;

  @ParameterizedTest
  @EnumSource
  void everySubscriberReceivesTheLastUpdateAndEachDeliveryIsCountedOnce(Transport transport)
      throws Exception {
    Measured measured = measure(transport, 20, Duration.ofMillis(17));

    assertThat(measured.updates().due()).isEqualTo(20);
    assertThat(measured.updates().notSent()).isZero();
    assertThat(measured.deliveries().expected()).isEqualTo(20 * CLIENTS);
    assertThat(measured.deliveries().delivered()).isBetween((long) CLIENTS, 20L * CLIENTS);
    assertThat(measured.deliveries().delivered() + measured.deliveries().skipped())
        .isEqualTo(measured.deliveries().expected());
    assertThat(measured.deliveries().missing()).isZero();
    assertThat(measured.deliveries().repeated()).isZero();
    assertThat(measured.deliveries().backward()).isZero();
    assertThat(measured.faults().errors()).isZero();
    assertThat(measured.firstError()).isNull();
    assertThat(measured.faults().disconnects()).isZero();
    assertThat(measured.seconds()).isBetween(0.4, 30.0);
    assertThat(measured.latency().stalenessMillis()).isPositive();
    assertTimed(measured);
  }

  /// Every update has a latency for each subscriber, and none is shorter than from its due time.
  private static void assertTimed(Measured measured) {
    assertThat(measured.latency().raw().getTotalCount())
        .isEqualTo(measured.deliveries().delivered());
    assertThat(measured.latency().untilLast().getTotalCount()).isEqualTo(measured.updates().due());
    assertThat(measured.latency().untilLast().getMaxValue())
        .isLessThanOrEqualTo(measured.latency().corrected().getMaxValue());
    assertThat(measured.latency().answers().getTotalCount()).isEqualTo(measured.updates().due());
    assertThat(measured.latency().corrected().getTotalCount())
        .isEqualTo(measured.deliveries().expected());
    assertThat(measured.latency().corrected().getMaxValue())
        .isGreaterThanOrEqualTo(measured.latency().raw().getMaxValue());
  }

  @Test
  void aLongPollNeedsOneRequestForEachDelivery() throws Exception {
    Measured measured = measure(Transport.LONG_POLLING, 10, Duration.ofMillis(970));

    assertThat(measured.traffic().requests()).isEqualTo(measured.deliveries().delivered());
    assertThat((double) measured.traffic().bytesIn() / measured.deliveries().delivered())
        .isBetween(50.0, 300.0);
    assertThat((double) measured.traffic().bytesOut() / measured.deliveries().delivered())
        .isBetween(SNAPSHOT_BYTES + 50.0, SNAPSHOT_BYTES + 400.0);
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVER_SENT_EVENTS", "WEBSOCKET"})
  void pushNeedsNoRequestAndFewBytesBesideTheSnapshot(Transport transport) throws Exception {
    Measured measured = measure(transport, 10, Duration.ofMillis(970));

    assertThat(measured.traffic().requests()).isZero();
    assertThat(measured.traffic().bytesIn()).isZero();
    assertThat((double) measured.traffic().bytesOut() / measured.deliveries().delivered())
        .isBetween((double) SNAPSHOT_BYTES, SNAPSHOT_BYTES + 100.0);
  }

  @Test
  void shortPollingAsksAtItsIntervalWithAndWithoutUpdates() throws Exception {
    Measured measured = measure(Transport.SHORT_POLLING, 2, Duration.ofMillis(50));

    double atMost = (measured.seconds() / 0.050 + 1) * CLIENTS;
    assertThat((double) measured.traffic().requests())
        .isBetween(1.5 * measured.deliveries().delivered(), atMost);
  }

  @Test
  void shortPollingIsStalerThanPush() throws Exception {
    Measured polled = measure(Transport.SHORT_POLLING, 2, Duration.ofMillis(430));
    Measured pushed = measure(Transport.WEBSOCKET, 2, Duration.ofMillis(430));

    assertThat(polled.latency().stalenessMillis())
        .isGreaterThan(5 * pushed.latency().stalenessMillis());
  }

  @Test
  void shortPollingTakesHalfItsIntervalEvenIfItSkipsMostVersions() throws Exception {
    Measured measured = measure(Transport.SHORT_POLLING, 50, Duration.ofMillis(430));

    assertThat(measured.deliveries().skipped()).isGreaterThan(measured.deliveries().delivered());
    assertThat(measured.latency().corrected().getMean()).isGreaterThan(150_000);
  }

  @ParameterizedTest
  @EnumSource
  void anUpdateReachesTheSubscribersOfItsTaskOnly(Transport transport) throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"))) {
      var workload =
          new WatchLoad(
              transport, CLIENTS, 20, Duration.ofMillis(17), 3, 100, Duration.ofSeconds(1));
      try (Watch watch = Watch.connect(Target.of(server.address()), workload)) {
        Measured measured = watch.measure();

        assertThat(measured.updates().due()).isEqualTo(20);
        assertThat(measured.deliveries().expected()).isEqualTo(7 * 7 + 7 * 7 + 6 * 6);
        assertThat(measured.deliveries().delivered() + measured.deliveries().skipped())
            .isEqualTo(measured.deliveries().expected());
        assertThat(
                measured.deliveries().missing()
                    + measured.deliveries().backward()
                    + measured.faults().errors())
            .isZero();
        assertThat(measured.latency().untilLast().getTotalCount()).isEqualTo(20);
        assertThat(measured.traffic().payloadBytes())
            .isGreaterThan(measured.deliveries().delivered() * (100 + 50));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutUpdatesOnlyPollsAndHeartbeatsAreCounted(Transport transport) throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0", "--heartbeat=250ms"));
        Watch watch =
            Watch.connect(
                Target.of(server.address()), workload(transport, 1, Duration.ofMillis(100)))) {
      Counted counted = watch.idle(Duration.ofMillis(900));

      assertThat(counted.seconds()).isBetween(0.9, 5.0);
      assertThat(counted.faults().errors() + counted.faults().disconnects()).isZero();
      if (transport == Transport.SHORT_POLLING) {
        assertThat(counted.traffic().requests()).isBetween(4L * CLIENTS, 50L * CLIENTS);
      } else {
        assertThat(counted.traffic().requests()).isZero();
      }
      assertThat(counted.traffic().bytesOut() > 0).isEqualTo(transport != Transport.LONG_POLLING);
    }
  }

  @Test
  void theReasonOfAFullServerIsReadFromItsStream() {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0", "--max-readers=2"))) {
      var workload = workload(Transport.SERVER_SENT_EVENTS, 1, Duration.ofMillis(100));
      assertThatIOException()
          .isThrownBy(() -> Watch.connect(Target.of(server.address()), workload))
          .withMessageContaining("2 subscribers are waiting already");
    }
  }

  /// Before the next heartbeat, so that they do not disturb the next cell. The watch's last updates
  /// make the server notice the end of its streams.
  @ParameterizedTest
  @EnumSource
  void afterTheWatchIsClosedTheServerHasNoClients(Transport transport) throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"));
        HttpClient http = HttpClient.newHttpClient()) {
      var workload =
          new WatchLoad(transport, 1000, 20, Duration.ofMillis(100), Duration.ofMillis(500));
      try (Watch watch = Watch.connect(Target.of(server.address()), workload)) {
        watch.measure();
        assertThat(connections(http, server.address())).isGreaterThan(1000);
      }

      double left;
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
      do {
        left = connections(http, server.address());
      } while (left > WHO_ASKS + WHO_PUBLISHED && System.nanoTime() < deadline);
      assertThat(left).isLessThanOrEqualTo(WHO_ASKS + WHO_PUBLISHED);
    }
  }

  @Test
  void oneServerCanBeMeasuredByOneTransportAfterAnother() throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"))) {
      for (Transport transport : Transport.values()) {
        Measured measured = measure(server.address(), transport, 5, Duration.ofMillis(17));
        assertThat(measured.deliveries().delivered() + measured.deliveries().skipped())
            .isEqualTo(5 * CLIENTS);
        assertThat(measured.faults().errors() + measured.faults().disconnects()).isZero();
      }
    }
  }

  private static Measured measure(Transport transport, int updates, Duration pollInterval)
      throws IOException, InterruptedException {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"))) {
      return measure(server.address(), transport, updates, pollInterval);
    }
  }

  private static Measured measure(
      URI server, Transport transport, int updates, Duration pollInterval)
      throws IOException, InterruptedException {
    try (Watch watch =
        Watch.connect(Target.of(server), workload(transport, updates, pollInterval))) {
      return watch.measure();
    }
  }

  private static WatchLoad workload(Transport transport, int updates, Duration pollInterval) {
    Duration length = Duration.ofMillis(500);
    return new WatchLoad(transport, CLIENTS, 2 * updates, pollInterval, length);
  }

  private static double connections(HttpClient http, URI server) throws Exception {
    String metric = "pushlab_connections ";
    var metrics = HttpRequest.newBuilder(server.resolve("/metrics")).build();
    return http.send(metrics, BodyHandlers.ofLines())
        .body()
        .filter(line -> line.startsWith(metric))
        .mapToDouble(line -> Double.parseDouble(line.substring(metric.length())))
        .sum();
  }
}
