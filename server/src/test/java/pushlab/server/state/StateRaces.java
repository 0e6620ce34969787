package pushlab.server.state;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Instant;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/// The allowed outcomes of each race within the state. All others are forbidden: a lost wake-up, a
/// version delivered twice, a version out of order.
///
/// Two threads race in lockstep. A subscriber as the third is a virtual thread that waits or is
/// about to wait.
final class StateRaces {

  private StateRaces() {}

  @JCStressTest
  @Outcome(id = "version 1", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PublishAgainstAwait extends Race {

    @Actor
    public void subscriber() {
      readUntil(1);
    }

    @Actor
    public void publisher() {
      state.update("x");
      told();
    }

    @Arbiter
    public void result(L_Result result) {
      result.r1 = told();
    }
  }

  @JCStressTest
  @Outcome(id = "version 2", expect = ACCEPTABLE, desc = "skipped version 1")
  @Outcome(id = "version 1, version 2", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PublishesAgainstAwaits extends Race {

    @Actor
    public void subscriber() {
      readUntil(2);
    }

    @Actor
    public void publisher() {
      state.update("x");
      state.update("y");
      told();
    }

    @Arbiter
    public void result(L_Result result) {
      result.r1 = told();
    }
  }

  @JCStressTest
  @Outcome(
      id = {"1, 2, 2", "2, 1, 2"},
      expect = ACCEPTABLE,
      desc = "two, and the later one stays")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PublishAgainstPublish extends Race {

    @Actor
    public void publisher(JJJ_Result result) {
      result.r1 = state.update("x").version();
    }

    @Actor
    public void otherPublisher(JJJ_Result result) {
      result.r2 = state.update("y").version();
    }

    @Arbiter
    public void result(JJJ_Result result) {
      result.r3 = state.current().version();
    }
  }

  @JCStressTest
  @Outcome(id = "version 1", expect = ACCEPTABLE)
  @Outcome(id = "nothing, version 1", expect = ACCEPTABLE, desc = "timed out, then asked again")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class TimeOutAgainstPublish extends Race {

    public TimeOutAgainstPublish() {
      Thread.startVirtualThread(() -> readUntil(1));
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
    public void result(L_Result result) {
      result.r1 = told();
    }
  }

  @JCStressTest
  @Outcome(id = "version 1, still interrupted", expect = ACCEPTABLE)
  @Outcome(id = "interrupted, version 1", expect = ACCEPTABLE, desc = "then asked again")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class InterruptAgainstPublish extends Race {

    private final Thread subscriber = Thread.startVirtualThread(() -> readUntil(1));

    @Actor
    public void interrupter() {
      subscriber.interrupt();
    }

    @Actor
    public void publisher() {
      state.update("x");
    }

    @Arbiter
    public void result(L_Result result) {
      result.r1 = told() + (subscriber.isInterrupted() ? ", still interrupted" : "");
    }
  }

  @JCStressTest
  @Outcome(id = "nothing", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN)
  @State
  public static class CloseAgainstAwait extends Race {

    @Actor
    public void subscriber() {
      readUntil(1);
    }

    @Actor
    public void closer() {
      state.close();
      told();
    }

    @Arbiter
    public void result(L_Result result) {
      result.r1 = told();
    }
  }

  @JCStressTest
  @Outcome(id = "version 1", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PublishAndCloseAgainstAwait extends Race {

    @Actor
    public void subscriber() {
      readUntil(1);
    }

    @Actor
    public void publisher() {
      state.update("x");
      state.close();
      told();
    }

    @Arbiter
    public void result(L_Result result) {
      result.r1 = told();
    }
  }

  @JCStressTest
  @Outcome(id = "closed", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN, desc = "its subscribers would hold up the end")
  @State
  public static class FirstUpdateAgainstCloseOfAll {

    private final Tasks tasks = new Tasks(2);

    @Actor
    public void publisher() {
      tasks.update("task", "x");
    }

    @Actor
    public void closer() {
      tasks.close();
    }

    @Arbiter
    public void result(L_Result result) {
      result.r1 = tasks.find("task").orElseThrow().isClosed() ? "closed" : "open";
    }
  }

  /// Another server's version is reported while this server makes its own.
  @JCStressTest
  @Outcome(id = "version 2", expect = ACCEPTABLE, desc = "skipped version 1")
  @Outcome(id = "version 1, version 2", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN, desc = "version 1 after version 2, or never 2")
  @State
  public static class AdvanceAgainstPublish extends Race {

    public AdvanceAgainstPublish() {
      Thread.startVirtualThread(() -> readUntil(2));
    }

    @Actor
    public void listener() {
      state.advance(new Snapshot("task", "epoch", 2, "y", Instant.EPOCH));
    }

    @Actor
    public void publisher() {
      state.update("x");
    }

    @Arbiter
    public void result(L_Result result) {
      result.r1 = told();
    }
  }

  @JCStressTest
  @Outcome(id = "version 2", expect = ACCEPTABLE, desc = "skipped version 1")
  @Outcome(id = "version 1, version 2", expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN)
  @State
  public static class AdvancesOutOfOrderAgainstAwaits extends Race {

    @Actor
    public void subscriber() {
      readUntil(2);
    }

    @Actor
    public void listener() {
      state.advance(new Snapshot("task", "epoch", 1, "x", Instant.EPOCH));
      state.advance(new Snapshot("task", "epoch", 2, "y", Instant.EPOCH));
      state.advance(new Snapshot("task", "epoch", 1, "x", Instant.EPOCH));
      told();
    }

    @Arbiter
    public void result(L_Result result) {
      result.r1 = told();
    }
  }

  /// A state with a mistake. Its race must have a forbidden outcome.
  @JCStressTest
  @Outcome(
      id = {"1, 2", "2, 1"},
      expect = ACCEPTABLE)
  @Outcome(expect = FORBIDDEN)
  @State
  public static class CarelessPublishAgainstPublish {

    private final CarelessState state = new CarelessState();

    @Actor
    public void publisher(JJ_Result result) {
      result.r1 = state.update();
    }

    @Actor
    public void otherPublisher(JJ_Result result) {
      result.r2 = state.update();
    }
  }
}
