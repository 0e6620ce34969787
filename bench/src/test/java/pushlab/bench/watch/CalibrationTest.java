package pushlab.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pushlab.report.result.Transport;

/// Compares the watch with a server that records when it delivers.
///
/// Other load on the machine can only increase the measured times. So one correct attempt of
/// several shows that the instrument is correct.
@Timeout(120)
@Isolated
@Tag("alone")
class CalibrationTest {

  private static final int ATTEMPTS = 12;
  private static final int MICROS_APART = 80;
  private static final Duration POLL_INTERVAL = Duration.ofMillis(47);
  private static final Distance EXACT = new Distance(300, 1000);
  private static final Distance ROUGH = new Distance(5_000, 50_000);

  @BeforeAll
  static void warmUp() throws Exception {
    attempt(Transport.SERVER_SENT_EVENTS, 100, 100, 20);
    attempt(Transport.LONG_POLLING, 100, 100, 20);
    attempt(Transport.WEBSOCKET, 100, 100, 20);
    attempt(Transport.SHORT_POLLING, 100, 20, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "SHORT_POLLING, 100",
    "LONG_POLLING, 100",
    "SERVER_SENT_EVENTS, 100",
    "WEBSOCKET, 100"
  })
  void aKnownDelayIsMeasuredOnABusyMachine(Transport transport, int clients) throws Exception {
    assertThat(best(transport, clients, ROUGH)).matches(ROUGH::holds, "within " + ROUGH);
  }

  /// Only on an idle machine.
  @ParameterizedTest
  @Tag("long")
  @CsvSource({
    "SHORT_POLLING, 1",
    "SHORT_POLLING, 100",
    "LONG_POLLING, 1",
    "LONG_POLLING, 100",
    "LONG_POLLING, 1000",
    "SERVER_SENT_EVENTS, 1",
    "SERVER_SENT_EVENTS, 100",
    "SERVER_SENT_EVENTS, 1000",
    "WEBSOCKET, 1",
    "WEBSOCKET, 100",
    "WEBSOCKET, 1000"
  })
  void aKnownDelayIsMeasuredExactly(Transport transport, int clients) throws Exception {
    assertThat(best(transport, clients, EXACT)).matches(EXACT::holds, "within " + EXACT);
  }

  /// The first attempt within `limit`, or else the last.
  private static Distance best(Transport transport, int clients, Distance limit) throws Exception {
    Distance distance;
    int attempts = 0;
    do {
      distance = attempt(transport, clients, 10, MICROS_APART);
      attempts++;
    } while (attempts < ATTEMPTS && !limit.holds(distance));
    return distance;
  }

  /// By how much the watch's latencies exceed the server's, in microseconds.
  private record Distance(long median, long percentile99) {

    static Distance between(Histogram known, Histogram measured) {
      return new Distance(between(known, measured, 50), between(known, measured, 99));
    }

    private static long between(Histogram known, Histogram measured, double percentile) {
      return measured.getValueAtPercentile(percentile) - known.getValueAtPercentile(percentile);
    }

    /// Whether both errors are within `other`.
    boolean holds(Distance other) {
      return Math.abs(other.median) <= median && Math.abs(other.percentile99) <= percentile99;
    }
  }

  private static Distance attempt(
      Transport transport, int clients, double updatesPerSecond, int microsApart) throws Exception {
    var server = new TimedServer(transport, microsApart * 1000L).start();
    var workload =
        new WatchLoad(transport, clients, updatesPerSecond, POLL_INTERVAL, Duration.ofMillis(1500));
    Histogram corrected;
    try (server;
        Watch watch = Watch.connect(Target.of(server.address()), workload)) {
      Measured measured = watch.measure();
      assertThat(measured.deliveries().delivered() + measured.deliveries().skipped())
          .isEqualTo(measured.deliveries().expected());
      corrected = measured.latency().corrected();
    }
    assertThat(server.times().getMinValue()).isGreaterThanOrEqualTo(4995);
    return Distance.between(server.times(), corrected);
  }
}
