package pushlab.bench.herd;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.HdrHistogram.Histogram;
import pushlab.report.result.herd.HerdTrial;

/// What all clients of a herd do from the event on. Nothing counts before [#start]. Not
// thread-safe.
final class Tally {

  static final int STEP_MILLIS = 100;
  private static final int STEPS_A_SECOND = 1000 / STEP_MILLIS;
  private static final long STEP_NANOS = STEP_MILLIS * 1_000_000L;

  /// Two hours of steps, so that a clock that is wrong fills no memory.
  private static final int MOST_STEPS = 72_000;

  private final Histogram backMicros = new Histogram(3);
  private final List<Counts> steps = new ArrayList<>();
  private boolean counts;
  private long eventAt;
  private long attempts;
  private long refused;
  private long failed;
  private long requests;
  private long turnedAway;
  private long missed;

  private static final class Counts {
    private int attempts;
    private int refused;
    private int requests;
    private int back;
  }

  /// Counts from now on.
  ///
  /// @param eventAt the moment of the event, in [System#nanoTime]
  void start(long eventAt) {
    this.eventAt = eventAt;
    this.counts = true;
  }

  boolean isCounting() {
    return counts;
  }

  void attempt() {
    if (counts) {
      attempts++;
      step(System.nanoTime()).attempts++;
    }
  }

  void refused() {
    if (counts) {
      refused++;
      step(System.nanoTime()).refused++;
    }
  }

  void failed() {
    failed += counts ? 1 : 0;
  }

  void request() {
    if (counts) {
      requests++;
      step(System.nanoTime()).requests++;
    }
  }

  void turnedAway() {
    turnedAway += counts ? 1 : 0;
  }

  void missed(long versions) {
    missed += counts ? versions : 0;
  }

  /// A client was back at `moment`, in [System#nanoTime].
  void back(long moment) {
    backMicros.recordValue(Math.max(0, (moment - eventAt) / 1000));
    step(moment).back++;
  }

  private Counts step(long moment) {
    int number = Math.clamp((moment - eventAt) / STEP_NANOS, 0, MOST_STEPS);
    while (steps.size() <= number) {
      steps.add(new Counts());
    }
    return steps.get(number);
  }

  /// The tally so far.
  Result result() {
    return new Result(
        backMicros.copy(),
        attempts,
        refused,
        failed,
        requests,
        turnedAway,
        missed,
        busiestSecond(it -> it.attempts),
        busiestSecond(it -> it.requests),
        steps.stream()
            .map(it -> new HerdTrial.Step(it.attempts, it.refused, it.requests, it.back))
            .toList());
  }

  /// The most in a second that begins with any step.
  private long busiestSecond(ToIntFunction<Counts> of) {
    long most = 0;
    long sum = 0;
    for (int i = 0; i < steps.size(); i++) {
      sum += of.applyAsInt(steps.get(i));
      sum -= i < STEPS_A_SECOND ? 0 : of.applyAsInt(steps.get(i - STEPS_A_SECOND));
      most = Math.max(most, sum);
    }
    return most;
  }

  /// A tally. Its parts are described at [HerdTrial].
  record Result(
      Histogram backMicros,
      long attempts,
      long refused,
      long failed,
      long requests,
      long turnedAway,
      long missed,
      long mostAttempts,
      long mostRequests,
      List<HerdTrial.Step> timeline) {}
}
