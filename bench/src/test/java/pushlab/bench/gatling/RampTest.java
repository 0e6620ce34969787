package pushlab.bench.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RampTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long FAST = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(500);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND);
  private final Ramp ramp = new Ramp(Duration.ofMillis(100), now::get);

  @Test
  void theFirstErrorEndsTheRampAndEarlierRequestsStillCount() {
    second(FAST);
    ramp.asked(1);
    ramp.asked(2);
    ramp.failed(2);
    assertThat(ramp.goesOn()).isFalse();
    assertThat(ramp.isSettled()).isFalse();
    ramp.held(1, FAST);
    assertThat(ramp.isSettled()).isTrue();
    assertThat(ramp.end()).isEqualTo(Capacity.End.ERROR);
    assertThat(ramp.connections()).isEqualTo(101);
  }

  @Test
  void aRequestWithoutAnAnswerIsNotAwaitedForLong() {
    ramp.asked(1);
    ramp.failed(2);
    assertThat(ramp.isSettled()).isFalse();
    now.addAndGet(3 * SECOND);
    assertThat(ramp.isSettled()).isTrue();
  }

  @Test
  void aSlowSecondEndsTheRampWithTheConnectionsBeforeIt() {
    for (int i = 0; i < 5; i++) {
      second(FAST);
    }
    second(SLOW);
    second(FAST);
    assertThat(ramp.end()).isEqualTo(Capacity.End.TOO_SLOW);
    assertThat(ramp.connections()).isEqualTo(500);
    assertThat(ramp.worstSecond().toMillis()).isCloseTo(500, within(1L));
  }

  @Test
  void slowAnswersDuringTheWarmUpAreIgnored() {
    second(SLOW);
    for (int i = 0; i < 5; i++) {
      second(FAST);
    }
    ramp.mostHeld();
    assertThat(ramp.end()).isEqualTo(Capacity.End.MOST_HELD);
    assertThat(ramp.connections()).isEqualTo(600);
    assertThat(ramp.worstSecond()).isLessThan(Duration.ofMillis(100));
  }

  @Test
  void theFirstEndOfTheRampIsKept() {
    second(FAST);
    ramp.mostHeld();
    ramp.failed(1);
    assertThat(ramp.end()).isEqualTo(Capacity.End.MOST_HELD);
  }

  /// A second with a hundred connections, each of which is answered after `nanos`.
  private void second(long nanos) {
    for (int i = 1; i <= 100; i++) {
      ramp.asked(i);
      if (i == 100) {
        now.addAndGet(SECOND);
      }
      ramp.held(i, nanos);
    }
  }
}
