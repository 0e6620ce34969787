package pushlab.bench.gatling;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// A ramp of connections that continues until it finds the server's capacity. Thread-safe.
///
/// It records how long each answer took, and judges each second by itself: the 99th percentile of
/// the whole ramp would hide a slow last second.
final class Ramp {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

  /// A second with fewer answers is not judged.
  private static final int FEWEST_ANSWERS = 5;

  /// The first seconds are not judged, because neither side has compiled its code yet.
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  /// How long to wait for open requests after the end: a refusal may overtake connections that are
  /// accepted.
  private static final Duration SETTLING = Duration.ofSeconds(2);

  private final Duration limit;
  private final LongSupplier nanoTime;
  private final long start;
  private final Recorder micros = new Recorder(LONGEST_MICROS, 3);
  private final Set<Long> asked = new HashSet<>();
  private long secondStart;
  private long ended;
  private int held;
  private int heldBefore;
  private Duration worst = Duration.ZERO;
  private Capacity.End end = Capacity.End.MOST_HELD;
  private boolean goesOn = true;

  /// A ramp that starts now.
  ///
  /// @param limit the limit for the 99th percentile of a second
  /// @param nanoTime the clock, in nanoseconds
  Ramp(Duration limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.secondStart = start;
  }

  /// A subscriber starts to connect; [#held] or [#failed] follows.
  synchronized void asked(long subscriber) {
    asked.add(subscriber);
  }

  /// The subscriber is connected, `nanos` after it started.
  synchronized void held(long subscriber, long nanos) {
    if (asked.remove(subscriber)) {
      held++;
      answered(nanos);
    }
  }

  /// An answer arrived, `nanos` after its request.
  synchronized void answered(long nanos) {
    micros.recordValue(Math.min(TimeUnit.NANOSECONDS.toMicros(nanos), LONGEST_MICROS));
    if (goesOn && nanoTime.getAsLong() - secondStart >= SECOND) {
      judge();
    }
  }

  /// A request or the connection of `user` failed.
  synchronized void failed(long user) {
    asked.remove(user);
    end(Capacity.End.ERROR);
  }

  /// All connections that were to be tried have been held for long enough.
  synchronized void mostHeld() {
    end(Capacity.End.MOST_HELD);
  }

  /// Whether the ramp has not ended.
  synchronized boolean goesOn() {
    return goesOn;
  }

  /// Whether the ramp has ended and no earlier request can still be answered.
  synchronized boolean isSettled() {
    return !goesOn && (asked.isEmpty() || nanoTime.getAsLong() - ended > SETTLING.toNanos());
  }

  synchronized Capacity.End end() {
    return end;
  }

  /// How many connections the server held: at the end, or before the second that was too slow.
  synchronized int connections() {
    return end == Capacity.End.TOO_SLOW ? heldBefore : held;
  }

  /// The 99th percentile of the slowest second; zero if none was judged.
  synchronized Duration worstSecond() {
    return worst;
  }

  private void judge() {
    Histogram second = micros.getIntervalHistogram();
    long now = nanoTime.getAsLong();
    if (second.getTotalCount() >= FEWEST_ANSWERS && now - start > WARM_UP.toNanos()) {
      Duration percentile = Duration.ofNanos(second.getValueAtPercentile(99) * 1000);
      if (percentile.compareTo(worst) > 0) {
        worst = percentile;
      }
      if (percentile.compareTo(limit) > 0) {
        end(Capacity.End.TOO_SLOW);
      }
    }
    if (goesOn) {
      heldBefore = held;
      secondStart = now;
    }
  }

  private void end(Capacity.End reason) {
    if (goesOn) {
      goesOn = false;
      ended = nanoTime.getAsLong();
      end = reason;
    }
  }
}
