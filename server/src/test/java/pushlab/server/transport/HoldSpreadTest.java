package pushlab.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LongSummaryStatistics;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.server.net.Delivery;
import pushlab.server.testing.TestServer;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HoldSpreadTest {

  private static final Duration HOLD = Duration.ofSeconds(16);

  @Test
  void holdsLieEvenlyBetweenTheWholeHoldAndTheShareOfIt() {
    LongSummaryStatistics millis =
        Stream.generate(() -> new HoldSpread(0.5).of(HOLD))
            .limit(10_000)
            .mapToLong(Duration::toMillis)
            .summaryStatistics();

    assertThat(millis.getMin()).isBetween(8_000L, 8_100L);
    assertThat(millis.getMax()).isBetween(15_900L, 16_000L);
    assertThat(millis.getAverage()).isBetween(11_800.0, 12_200.0);
  }

  @Test
  void withoutASpreadEachHoldIsTheWholeHold() {
    assertThat(new HoldSpread(0).of(HOLD)).isEqualTo(HOLD);
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void withoutASpreadNoHoldEndsEarly(Delivery delivery) throws Exception {
    try (var server = TestServer.start(delivery, "--hold=1s", "--hold-spread=0")) {
      var ended = new ArrayList<CompletableFuture<Long>>();
      for (int i = 0; i < 20; i++) {
        long asked = System.nanoTime();
        CompletableFuture<HttpResponse<String>> held = server.hold("/poll-status?last_version=0");
        ended.add(held.thenApply(_ -> System.nanoTime() - asked));
      }
      for (CompletableFuture<Long> each : ended) {
        assertThat(Duration.ofNanos(each.get())).isGreaterThanOrEqualTo(Duration.ofMillis(990));
      }
    }
  }
}
