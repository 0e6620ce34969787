package pushlab.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pushlab.report.result.Transport;

class SubscriberTest {

  private static final WatchLoad FIVE_UPDATES =
      new WatchLoad(Transport.WEBSOCKET, 1, 5, Duration.ofSeconds(1), Duration.ofSeconds(1));

  private final Schedule schedule =
      new Schedule(FIVE_UPDATES, 0, System.nanoTime() - Duration.ofSeconds(10).toNanos());
  private final Counters tally = new Counters(1);
  private final Subscriber subscriber = new Subscriber(tally, FIVE_UPDATES, 0, 0);

  @BeforeEach
  void hasTheFirstVersionWhenTheScheduleStarts() {
    received(0, "En attente");
    tally.start(List.of(schedule));
  }

  @Test
  void aVersionThatALaterOneOvertakesIsCountedAsSkipped() {
    send(0, 1, 2, 3);
    received(1, schedule.status(0));
    received(4, schedule.status(3));
    assertCounts(2, 2, 0);
  }

  @Test
  void theLatencyOfASkippedUpdateEndsWithALaterOne() {
    send(0, 1, 2, 3, 4);
    received(5, schedule.status(4));
    assertCounts(1, 4, 0);
    // The first update was due 0.8 s before the last.
    assertThat(tally.corrected().getMaxValue() - tally.corrected().getMinValue())
        .isBetween(750_000L, 850_000L);
  }

  @Test
  void updatesAfterTheLastDeliveryAreMissingAndStaleUntilTheEnd() {
    send(0, 1, 2);
    received(1, schedule.status(0));
    double before = tally.staleArea;
    subscriber.end(List.of(schedule), schedule.sent(1) + Duration.ofSeconds(2).toNanos());
    assertCounts(1, 0, 2);
    assertThat(tally.staleArea - before).isCloseTo(2.0, within(1e-9));
  }

  @Test
  void anUnsentUpdateIsNeitherSkippedNorMissingNorStale() {
    send(0, 2);
    received(1, schedule.status(0));
    received(2, schedule.status(2));
    assertCounts(2, 0, 0);
    send(4);
    subscriber.end(List.of(schedule), schedule.sent(4));
    assertCounts(2, 0, 1);
    assertThat(tally.staleArea).isBetween(0.0, 100.0);
  }

  @Test
  void aRefusedUpdateIsNeitherSkippedNorMissing() {
    send(0, 1, 2, 3);
    schedule.markRefused(1);
    schedule.markRefused(3);
    received(1, schedule.status(0));
    received(2, schedule.status(2));
    assertCounts(2, 0, 0);
    assertThat(subscriber.hasAll(List.of(schedule))).isTrue();
  }

  @Test
  void anUpdateOfAnotherPublisherIsNotADelivery() {
    send(0, 1);
    received(1, "from another page");
    received(2, schedule.status(0));
    received(3, "from another page");
    received(4, schedule.status(1));
    assertCounts(2, 0, 0);
  }

  @Test
  void updatesInAnotherOrderAreEachDelivered() {
    send(0, 1);
    received(1, schedule.status(1));
    received(2, schedule.status(0));
    assertCounts(2, 0, 0);
  }

  @Test
  void aRepeatedOrLowerVersionIsNotADelivery() {
    send(0, 1);
    received(2, schedule.status(1));
    received(2, schedule.status(1));
    received(1, schedule.status(0));
    assertCounts(1, 1, 0);
    assertThat(tally.repeated).isEqualTo(1);
    assertThat(tally.backward).isEqualTo(1);
    assertThat(subscriber.version()).isEqualTo(2);
  }

  private void send(int... updates) {
    for (int update : updates) {
      schedule.markSent(update);
    }
  }

  private void received(long version, String status) {
    tally.readAt = System.nanoTime();
    subscriber.received(
        Unpooled.copiedBuffer(
            "{\"version\":%d,\"status\":\"%s\"}".formatted(version, status),
            StandardCharsets.UTF_8));
  }

  private void assertCounts(int delivered, int skipped, int missing) {
    assertThat(tally.nodes.getFirst().delivered).isEqualTo(delivered);
    assertThat(tally.raw.getTotalCount()).isEqualTo(delivered);
    assertThat(tally.corrected().getTotalCount()).isEqualTo(delivered + skipped);
    assertThat(subscriber.skipped(List.of(schedule))).isEqualTo(skipped);
    assertThat(subscriber.missing(List.of(schedule))).isEqualTo(missing);
  }
}
