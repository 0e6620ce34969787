package pushlab.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventLoopTest {

  /// The wait for the last delivery of short polling takes as long as an interval. Evaluating the
  /// condition every 2 ms would cost the watch more than the polls do.
  @Test
  void evaluatesLessOftenTheLongerItWaits() throws InterruptedException {
    var looks = new AtomicInteger();
    try (var loop = new EventLoop()) {
      assertThat(loop.await(() -> looks.incrementAndGet() < 0, Duration.ofSeconds(1))).isFalse();
    }
    assertThat(looks).hasValueLessThan(40);
  }

  @Test
  void waitsAtMostAFifthLongerThanNeeded() throws InterruptedException {
    var looks = new AtomicInteger();
    try (var loop = new EventLoop()) {
      assertThat(loop.await(() -> looks.incrementAndGet() == 3, Duration.ofSeconds(30))).isTrue();
    }
    assertThat(looks).hasValue(3);
  }
}
