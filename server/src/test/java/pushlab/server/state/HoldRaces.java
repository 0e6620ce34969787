package pushlab.server.state;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/// The allowed outcomes of each race for a [Hold]: its answer, and how often it told its owner. All
/// others are forbidden: a lost wake-up, or an owner that is told twice of one wait.
final class HoldRaces {

  private HoldRaces() {}

  /// A state, a hold at version 0, and its owner. The clock stands still until the race moves it.
  abstract static class HoldRace {

    private static final int LIMIT_SECONDS = 10;

    final AtomicInteger told = new AtomicInteger();
    final VersionedState state;
    final Hold hold;
    private final Semaphore calls = new Semaphore(0);
    private final AtomicLong nanoTime = new AtomicLong();
    private final Sweeper sweeper = new Sweeper(nanoTime::get);
    private final Duration patience;
    private volatile @Nullable String answer;

    HoldRace(Duration patience) {
      this.patience = patience;
      state = new VersionedState("task", "epoch", sweeper);
      hold = state.hold(new Position(null, 0), patience, this::tell).orElseThrow();
    }

    /// What the owner does: it asks, waits until it is told, and asks again.
    final void own() {
      try {
        boolean isTold = true;
        while (!hold.isOver() && isTold) {
          isTold = calls.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
        answer =
            hold.newer()
                .map(snapshot -> "version " + snapshot.version())
                .orElse(isTold ? "nothing" : "lost wake-up");
      } catch (InterruptedException e) {
        answer = "interrupted";
      }
    }

    private void tell() {
      told.incrementAndGet();
      calls.release();
    }

    final void letTimePass() {
      nanoTime.addAndGet(patience.plusSeconds(1).toNanos());
      sweeper.sweep();
    }

    /// Turns the wheel, but not to the end of the wait.
    final void turnTheWheel() {
      nanoTime.addAndGet(patience.minusSeconds(1).toNanos());
      sweeper.sweep();
    }

    final void result(LI_Result result) {
      while (answer == null) {
        Thread.onSpinWait();
      }
      result.r1 = answer;
      result.r2 = told.get();
    }
  }

  @JCStressTest
  @Outcome(id = "version 1, [01]", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PublishAgainstHold extends HoldRace {

    public PublishAgainstHold() {
      super(Duration.ofSeconds(1));
    }

    @Actor
    public void owner() {
      own();
    }

    @Actor
    public void publisher() {
      state.update("x");
    }

    @Arbiter
    public void arbiter(LI_Result result) {
      result(result);
    }
  }

  @JCStressTest
  @Outcome(id = "version [12], [01]", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PublishesAgainstHold extends HoldRace {

    public PublishesAgainstHold() {
      super(Duration.ofSeconds(1));
    }

    @Actor
    public void owner() {
      own();
    }

    @Actor
    public void publisher() {
      state.update("x");
      state.update("y");
    }

    @Arbiter
    public void arbiter(LI_Result result) {
      result(result);
    }
  }

  @JCStressTest
  @Outcome(id = "nothing, [01]", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN)
  @State
  public static class CloseAgainstHold extends HoldRace {

    public CloseAgainstHold() {
      super(Duration.ofSeconds(1));
    }

    @Actor
    public void owner() {
      own();
    }

    @Actor
    public void closer() {
      state.close();
    }

    @Arbiter
    public void arbiter(LI_Result result) {
      result(result);
    }
  }

  /// Only one of the two takes the waiter.
  @JCStressTest
  @Outcome(id = "(version 1|nothing), [01]", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN)
  @State
  public static class TimeOutAgainstPublish extends HoldRace {

    public TimeOutAgainstPublish() {
      super(Duration.ofSeconds(1));
      Thread.startVirtualThread(this::own);
    }

    @Actor
    public void timer() {
      letTimePass();
    }

    @Actor
    public void publisher() {
      state.update("x");
    }

    @Arbiter
    public void arbiter(LI_Result result) {
      result(result);
    }
  }

  /// A wait that is longer than the wheel is woken early, and goes on.
  @JCStressTest
  @Outcome(id = "version 1, [012]", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN)
  @State
  public static class TurnOfTheWheelAgainstPublish extends HoldRace {

    public TurnOfTheWheelAgainstPublish() {
      super(Duration.ofSeconds(30));
      Thread.startVirtualThread(this::own);
    }

    @Actor
    public void timer() {
      turnTheWheel();
    }

    @Actor
    public void publisher() {
      state.update("x");
    }

    @Arbiter
    public void arbiter(LI_Result result) {
      result(result);
    }
  }

  /// Its client goes while it is told.
  @JCStressTest
  @Outcome(id = "left, [01]", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN)
  @State
  public static class LeaveAgainstPublishes extends HoldRace {

    public LeaveAgainstPublishes() {
      super(Duration.ofSeconds(1));
      hold.isOver();
    }

    @Actor
    public void owner() {
      hold.leave();
    }

    @Actor
    public void publisher() {
      state.update("x");
      state.update("y");
    }

    @Arbiter
    public void arbiter(LI_Result result) {
      result.r1 = "left";
      result.r2 = told.get();
    }
  }
}
