package pushlab.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class LoopTest {

  static Stream<Loop> loops() {
    return Stream.of(new NettyLoop(), new SelectorLoop());
  }

  /// The wait for the last delivery of short polling takes as long as an interval. Evaluating the
  /// condition every 2 ms would cost the watch more than the polls do.
  @ParameterizedTest
  @MethodSource("loops")
  void evaluatesLessOftenTheLongerItWaits(Loop loop) throws InterruptedException {
    var looks = new AtomicInteger();
    assertThat(loop.await(() -> looks.incrementAndGet() < 0, Duration.ofSeconds(1))).isFalse();
    assertThat(looks).hasValueLessThan(40);
  }

  @ParameterizedTest
  @MethodSource("loops")
  void waitsAtMostAFifthLongerThanNeeded(Loop loop) throws InterruptedException {
    var looks = new AtomicInteger();
    assertThat(loop.await(() -> looks.incrementAndGet() == 3, Duration.ofSeconds(30))).isTrue();
    assertThat(looks).hasValue(3);
  }

  @ParameterizedTest
  @MethodSource("loops")
  void aFailedCallFailsAndTheLoopGoesOn(Loop loop) throws InterruptedException {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                loop.call(
                    () -> {
                      throw new IllegalArgumentException("no");
                    }))
        .withCauseInstanceOf(IllegalArgumentException.class);
    assertThat(loop.call(() -> 1)).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("loops")
  void aTimerRunsInTimeAndNeverEarly(Loop loop) throws Exception {
    for (int i = 0; i < 20; i++) {
      long nanos = TimeUnit.MICROSECONDS.toNanos(300 + 700 * i);
      var ran = new CompletableFuture<Long>();
      long start = System.nanoTime();
      loop.schedule(() -> ran.complete(System.nanoTime()), nanos);
      assertThat(ran.get(10, TimeUnit.SECONDS) - start).isGreaterThanOrEqualTo(nanos);
    }
  }

  @ParameterizedTest
  @MethodSource("loops")
  void timersRunInTheOrderInWhichTheyAreDue(Loop loop) throws Exception {
    var order = new StringBuilder();
    var last = new CompletableFuture<Void>();
    loop.call(
        () -> {
          loop.schedule(() -> order.append('c'), 30_000_000);
          loop.schedule(() -> order.append('a'), 10_000_000);
          loop.schedule(() -> last.complete(null), 40_000_000);
          loop.schedule(() -> order.append('b'), 20_000_000);
          return order;
        });
    last.get(10, TimeUnit.SECONDS);
    assertThat(order).hasToString("abc");
  }
}
