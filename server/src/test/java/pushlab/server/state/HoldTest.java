package pushlab.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// A wait that no thread makes, by a clock that the test moves.
class HoldTest {

  private static final Position AT_0 = new Position("epoch", 0);

  private final AtomicLong nanoTime = new AtomicLong();
  private final Sweeper sweeper = new Sweeper(nanoTime::get);
  private final VersionedState state = new VersionedState("task", "epoch", sweeper);
  private final AtomicInteger told = new AtomicInteger();

  @Test
  void subscriberThatIsBehindDoesNotWait() {
    state.update("x");
    Hold hold = hold(Duration.ofSeconds(1));

    assertThat(hold.isOver()).isTrue();
    assertThat(hold.newer().orElseThrow().version()).isEqualTo(1);
    state.update("y");
    assertThat(told).hasValue(0);
  }

  @Test
  void waitOfNoTimeIsOverAtOnce() {
    Hold hold = hold(Duration.ZERO);

    assertThat(hold.isOver()).isTrue();
    assertThat(hold.newer()).isEmpty();
  }

  @Test
  void ownerIsToldOnceHoweverManyUpdatesFollow() {
    Hold hold = hold(Duration.ofSeconds(1));
    assertThat(hold.isOver()).isFalse();

    state.update("x");
    state.update("y");
    pass(Duration.ofSeconds(2));

    assertThat(told).hasValue(1);
    assertThat(hold.isOver()).isTrue();
    assertThat(hold.newer().orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void askingAgainDoesNotRegisterAgain() {
    Hold hold = hold(Duration.ofSeconds(1));
    assertThat(hold.isOver()).isFalse();
    assertThat(hold.isOver()).isFalse();

    state.update("x");

    assertThat(told).hasValue(1);
  }

  @Test
  void waitEndsByTime() {
    Hold hold = hold(Duration.ofSeconds(1));
    assertThat(hold.isOver()).isFalse();

    pass(Duration.ofMillis(900));
    assertThat(told).hasValue(0);
    pass(Duration.ofMillis(300));

    assertThat(told).hasValue(1);
    assertThat(hold.isOver()).isTrue();
    assertThat(hold.newer()).isEmpty();
  }

  @Test
  void updateJustBeforeTheEndIsNotMissed() {
    Hold hold = hold(Duration.ofSeconds(1));
    assertThat(hold.isOver()).isFalse();

    pass(Duration.ofSeconds(2));
    state.update("x");

    assertThat(told).hasValue(1);
    assertThat(hold.isOver()).isTrue();
    assertThat(hold.newer().orElseThrow().version()).isEqualTo(1);
  }

  /// The wheel turns once in 25.6 s.
  @Test
  void waitThatIsLongerThanTheWheelGoesOn() {
    Hold hold = hold(Duration.ofSeconds(30));
    assertThat(hold.isOver()).isFalse();

    for (int tenths = 0; tenths < 299; tenths++) {
      int before = told.get();
      pass(Duration.ofMillis(100));
      assertThat(told.get() - before).isBetween(0, 1);
      assertThat(hold.isOver()).isFalse();
    }
    assertThat(told.get()).isBetween(1, 2);
    int early = told.get();

    state.update("x");

    assertThat(told).hasValue(early + 1);
    assertThat(hold.isOver()).isTrue();
    assertThat(hold.newer()).isPresent();
  }

  @Test
  void ownerThatHasLeftIsNotTold() {
    Hold hold = hold(Duration.ofSeconds(1));
    assertThat(hold.isOver()).isFalse();

    hold.leave();
    state.update("x");
    pass(Duration.ofSeconds(2));

    assertThat(told).hasValue(0);
  }

  @Test
  void closingEndsAllWaits() {
    Hold hold = hold(Duration.ofSeconds(1));
    assertThat(hold.isOver()).isFalse();

    state.close();

    assertThat(told).hasValue(1);
    assertThat(hold.isOver()).isTrue();
    assertThat(hold.newer()).isEmpty();
    assertThat(hold(Duration.ofSeconds(1)).isOver()).isTrue();
  }

  /// Whether such a subscriber is right, only the store can tell, and that takes time.
  @Test
  void subscriberThatIsAheadIsNotHeld() {
    assertThat(state.hold(new Position("epoch", 5), Duration.ofSeconds(1), () -> {})).isEmpty();
    assertThat(state.hold(new Position(null, 5), Duration.ofSeconds(1), () -> {})).isEmpty();
    assertThat(state.hold(new Position("other", 5), Duration.ofSeconds(1), () -> {})).isPresent();
  }

  private Hold hold(Duration atMost) {
    return state.hold(AT_0, atMost, told::incrementAndGet).orElseThrow();
  }

  private void pass(Duration time) {
    nanoTime.addAndGet(time.toNanos());
    sweeper.sweep();
  }
}
