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
  void everySubscriberEndsOnTheLastUpdateAndEachDeliveryIsCountedOnce(Transport transport)
      throws Exception {
    Measured measured = measure(transport, 20, Duration.ofMillis(17));

    assertThat(measured.updatesDue()).isEqualTo(20);
    assertThat(measured.updatesNotSent()).isZero();
    assertThat(measured.expected()).isEqualTo(20 * CLIENTS);
    assertThat(measured.delivered()).isBetween((long) CLIENTS, 20L * CLIENTS);
    assertThat(measured.delivered() + measured.skipped()).isEqualTo(measured.expected());
    assertThat(measured.missing()).isZero();
    assertThat(measured.repeated()).isZero();
    assertThat(measured.backward()).isZero();
    assertThat(measured.errors()).isZero();
    assertThat(measured.firstError()).isNull();
    assertThat(measured.disconnects()).isZero();
    assertThat(measured.seconds()).isBetween(0.4, 30.0);
    assertThat(measured.stalenessMillis()).isPositive();
    assertTimed(measured);
  }

  /// Every update that a subscriber got past has a latency, and the schedule flatters none.
  private static void assertTimed(Measured measured) {
    assertThat(measured.raw().getTotalCount()).isEqualTo(measured.delivered());
    assertThat(measured.untilLast().getTotalCount()).isEqualTo(measured.updatesDue());
    assertThat(measured.untilLast().getMaxValue())
        .isLessThanOrEqualTo(measured.corrected().getMaxValue());
    assertThat(measured.answers().getTotalCount()).isEqualTo(measured.updatesDue());
    assertThat(measured.corrected().getTotalCount()).isEqualTo(measured.expected());
    assertThat(measured.corrected().getMaxValue())
        .isGreaterThanOrEqualTo(measured.raw().getMaxValue());
  }

  @Test
  void aLongPollIsOneRequestADelivery() throws Exception {
    Measured measured = measure(Transport.LONG_POLLING, 10, Duration.ofMillis(970));

    assertThat(measured.requests()).isEqualTo(measured.delivered());
    assertThat((double) measured.bytesIn() / measured.delivered()).isBetween(50.0, 300.0);
    assertThat((double) measured.bytesOut() / measured.delivered())
        .isBetween(SNAPSHOT_BYTES + 50.0, SNAPSHOT_BYTES + 400.0);
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVER_SENT_EVENTS", "WEBSOCKET"})
  void pushNeedsNoRequestAndHardlyMoreThanTheSnapshot(Transport transport) throws Exception {
    Measured measured = measure(transport, 10, Duration.ofMillis(970));

    assertThat(measured.requests()).isZero();
    assertThat(measured.bytesIn()).isZero();
    assertThat((double) measured.bytesOut() / measured.delivered())
        .isBetween((double) SNAPSHOT_BYTES, SNAPSHOT_BYTES + 100.0);
  }

  @Test
  void shortPollingAsksAtItsIntervalWhetherOrNotThereIsNews() throws Exception {
    Measured measured = measure(Transport.SHORT_POLLING, 2, Duration.ofMillis(50));

    double atMost = (measured.seconds() / 0.050 + 1) * CLIENTS;
    assertThat((double) measured.requests()).isBetween(1.5 * measured.delivered(), atMost);
  }

  @Test
  void whatShortPollingShowsIsFarStalerThanWhatIsPushed() throws Exception {
    Measured polled = measure(Transport.SHORT_POLLING, 2, Duration.ofMillis(430));
    Measured pushed = measure(Transport.WEBSOCKET, 2, Duration.ofMillis(430));

    assertThat(polled.stalenessMillis()).isGreaterThan(5 * pushed.stalenessMillis());
  }

  @Test
  void shortPollingTakesHalfItsIntervalEvenWhereItSkipsMostVersions() throws Exception {
    Measured measured = measure(Transport.SHORT_POLLING, 50, Duration.ofMillis(430));

    assertThat(measured.skipped()).isGreaterThan(measured.delivered());
    assertThat(measured.corrected().getMean()).isGreaterThan(150_000);
  }

  @ParameterizedTest
  @EnumSource
  void anUpdateReachesTheSubscribersOfItsTaskAndNobodyElse(Transport transport) throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"))) {
      var workload =
          new Workload(
              transport, CLIENTS, 20, Duration.ofMillis(17), 3, 100, Duration.ofSeconds(1));
      try (Watch watch = Watch.connect(Target.of(server.address()), workload)) {
        Measured measured = watch.measure();

        assertThat(measured.updatesDue()).isEqualTo(20);
        assertThat(measured.expected()).isEqualTo(7 * 7 + 7 * 7 + 6 * 6);
        assertThat(measured.delivered() + measured.skipped()).isEqualTo(measured.expected());
        assertThat(measured.missing() + measured.backward() + measured.errors()).isZero();
        assertThat(measured.untilLast().getTotalCount()).isEqualTo(20);
        assertThat(measured.payloadBytes()).isGreaterThan(measured.delivered() * (100 + 50));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whereNothingChangesOnlyPollsAndHeartbeatsAreCounted(Transport transport) throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0", "--heartbeat=250ms"));
        Watch watch =
            Watch.connect(
                Target.of(server.address()), workload(transport, 1, Duration.ofMillis(100)))) {
      Counted counted = watch.idle(Duration.ofMillis(900));

      assertThat(counted.seconds()).isBetween(0.9, 5.0);
      assertThat(counted.errors() + counted.disconnects()).isZero();
      if (transport == Transport.SHORT_POLLING) {
        assertThat(counted.requests()).isBetween(4L * CLIENTS, 50L * CLIENTS);
      } else {
        assertThat(counted.requests()).isZero();
      }
      assertThat(counted.bytesOut() > 0).isEqualTo(transport != Transport.LONG_POLLING);
    }
  }

  @Test
  void serverThatIsFullSaysSoToItsStreams() {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0", "--max-readers=2"))) {
      var workload = workload(Transport.SERVER_SENT_EVENTS, 1, Duration.ofMillis(100));
      assertThatIOException()
          .isThrownBy(() -> Watch.connect(Target.of(server.address()), workload))
          .withMessageContaining("2 subscribers are waiting already");
    }
  }

  /// Sooner than by its next heartbeat, so that the next cell does not find them. A stream of less
  /// than three seconds is found out by the updates of the farewell, others before it ends.
  @ParameterizedTest
  @EnumSource
  void afterItsFarewellTheServerForgetsItsClients(Transport transport) throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"));
        HttpClient http = HttpClient.newHttpClient()) {
      var workload =
          new Workload(transport, 1000, 20, Duration.ofMillis(100), Duration.ofMillis(500));
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
  void oneServerIsWatchedByOneTransportAfterTheOther() throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"))) {
      for (Transport transport : Transport.values()) {
        Measured measured = measure(server.address(), transport, 5, Duration.ofMillis(17));
        assertThat(measured.delivered() + measured.skipped()).isEqualTo(5 * CLIENTS);
        assertThat(measured.errors() + measured.disconnects()).isZero();
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

  private static Workload workload(Transport transport, int updates, Duration pollInterval) {
    Duration length = Duration.ofMillis(500);
    return new Workload(transport, CLIENTS, 2 * updates, pollInterval, length);
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
