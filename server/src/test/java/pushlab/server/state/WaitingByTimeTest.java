package pushlab.server.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Waits by a clock that the test moves, and a sweeper that sweeps when it is told to.
@Timeout(30)
class WaitingByTimeTest {

  private static final Duration TICK = Duration.ofNanos(Waiters.TICK_NANOS);

  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
  private final Sweeper sweeper = new Sweeper(nanoTime::get);
  private final VersionedState state = new VersionedState("task", "epoch", sweeper);
  private final Position first = new Position(null, 0);

  @ParameterizedTest
  @ValueSource(longs = {1, 50, 99, 100, 101, 250, 1_000, 25_000})
  void noWaitEndsBeforeItsTimeAndEachEndsAtTheSweepAfterIt(long millis) throws Exception {
    Duration patience = Duration.ofMillis(millis);
    Subscriber subscriber = Subscriber.waits(state, first, patience);

    passAndSweep(patience.minusNanos(1));
    assertThat(subscriber.staysWaiting()).isTrue();

    passAndSweep(TICK.plusNanos(1));
    assertThat(subscriber.answer()).isEmpty();
  }

  @Test
  void waitLongerThanTheWheelLastsToItsEnd() throws Exception {
    Duration patience = TICK.multipliedBy(1_000);
    Subscriber subscriber = Subscriber.waits(state, first, patience);

    for (int tick = 0; tick < 1_000; tick++) {
      assertThat(subscriber.staysWaiting()).as("after %d ticks", tick).isTrue();
      passAndSweep(TICK);
    }
    passAndSweep(TICK);

    assertThat(subscriber.answer()).isEmpty();
  }

  @Test
  void sweepAfterALongPauseEndsEveryDueWait() throws Exception {
    Subscriber early = Subscriber.waits(state, first, Duration.ofSeconds(1));
    Subscriber late = Subscriber.waits(state, first, Duration.ofSeconds(24));

    passAndSweep(Duration.ofHours(1));

    assertThat(early.answer()).isEmpty();
    assertThat(late.answer()).isEmpty();
  }

  @Test
  void zeroTimeDoesNotWait() throws Exception {
    assertThat(state.awaitNewer(first, Duration.ZERO)).isEmpty();
    assertThat(state.awaitNewer(first, Duration.ofSeconds(-1))).isEmpty();
  }

  @Test
  void interruptEndsAWait() {
    Subscriber subscriber = Subscriber.waits(state, first, Duration.ofHours(1));

    subscriber.interrupt();

    assertThatThrownBy(subscriber::answer)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void interruptOfOneLeavesTheOthersWaiting() throws Exception {
    Subscriber interrupted = Subscriber.waits(state, first, Duration.ofHours(1));
    Subscriber other = Subscriber.waits(state, first, Duration.ofHours(1));

    interrupted.interrupt();
    assertThatThrownBy(interrupted::answer).hasCauseInstanceOf(InterruptedException.class);
    assertThat(other.staysWaiting()).isTrue();

    Snapshot updated = state.update("x");
    assertThat(other.answer()).contains(updated);
  }

  @Test
  void closeEndsEveryWaitAndEveryLaterWait() throws Exception {
    Subscriber waiting = Subscriber.waits(state, first, Duration.ofHours(1));

    state.close();

    assertThat(waiting.answer()).isEmpty();
    assertThat(Subscriber.asks(state, first, Duration.ofHours(1)).answer()).isEmpty();
    assertThat(state.isClosed()).isTrue();
  }

  @Test
  void closedStateStillReturnsNewerSnapshots() throws Exception {
    Snapshot updated = state.update("x");

    state.close();

    assertThat(state.awaitNewer(first, Duration.ofHours(1))).contains(updated);
  }

  @Test
  void threadThatWasInterruptedIsForgottenAtOnce() {
    WeakReference<Thread> left = waitAndBeInterrupted();

    Await.until("it is garbage", () -> isGarbage(left));
  }

  /// Each of these leaves at once, a second before its time.
  @Test
  void waiterThatLeavesEarlyIsForgottenAfterItsTime() throws Exception {
    state.close();
    long before = usedMemory();

    for (int tick = 0; tick < 4_000; tick++) {
      for (int subscriber = 0; subscriber < 1_000; subscriber++) {
        state.awaitNewer(first, Duration.ofSeconds(1));
      }
      passAndSweep(TICK);
    }

    assertThat(usedMemory() - before).as("bytes for 4,000,000 that left").isLessThan(32L << 20);
  }

  private void passAndSweep(Duration time) {
    nanoTime.addAndGet(time.toNanos());
    sweeper.sweep();
  }

  private WeakReference<Thread> waitAndBeInterrupted() {
    Subscriber subscriber = Subscriber.waits(state, first, Duration.ofHours(1));
    subscriber.interrupt();
    assertThatThrownBy(subscriber::answer).hasCauseInstanceOf(InterruptedException.class);
    return new WeakReference<>(subscriber.thread());
  }

  private static boolean isGarbage(WeakReference<?> reference) {
    System.gc();
    return reference.refersTo(null);
  }

  private static long usedMemory() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
