package pushlab.bench.run;

import java.time.Duration;

/// How long the steps of a run take, and how long what is left will take. It learns from the steps
/// that have ended. Thread-safe.
final class Pace {

  /// As if so many seconds had gone as expected. A single step says little about the others.
  private static final double BELIEVED_SECONDS = 10;

  private final Budget budget;
  private final long start = System.nanoTime();
  private double expected;
  private double ended;
  private double taken;
  private double step;
  private double share;
  private long stepStart = start;

  /// @param expectedSeconds what all steps are expected to take together; those of the first round
  ///     if the budget limits the others
  Pace(Budget budget, double expectedSeconds) {
    this.budget = budget;
    this.expected = expectedSeconds;
  }

  /// A step begins, which is expected to take so many seconds.
  synchronized void begin(double seconds) {
    step = seconds;
    stepStart = System.nanoTime();
  }

  /// The current step has ended.
  synchronized void end() {
    ended += step;
    taken += elapsed();
    expected = Math.max(0, expected - step);
    step = 0;
  }

  /// The seconds that are left: what steps of that kind took so far, or the rest of the budget if
  /// that is more.
  synchronized double left() {
    double steps = correct(expected - step) + Math.max(0, correct(step) - elapsed());
    return budget.isLimited() ? Math.max(steps, budget.left()) : steps;
  }

  /// Which share of the whole time has passed, from 0 to 1. Never less than before.
  synchronized double share() {
    double passed = (System.nanoTime() - start) / 1e9;
    share = Math.max(share, passed / (passed + left()));
    return share;
  }

  /// Whether the budget has time for a step that is expected to take so many seconds.
  synchronized boolean hasTimeFor(double seconds) {
    return correct(seconds) <= budget.left();
  }

  /// A time that does not count.
  synchronized void exclude(Duration waited) {
    budget.exclude(waited);
  }

  private double correct(double seconds) {
    return seconds * (taken + BELIEVED_SECONDS) / (ended + BELIEVED_SECONDS);
  }

  private double elapsed() {
    return (System.nanoTime() - stepStart) / 1e9;
  }
}
