package pushlab.bench.gatling;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// A ramp of connections that goes on until it has found how many the server holds. Thread-safe.
///
/// It is told of each answer that was due at once, and judges each second by itself: the 99th
/// percentile of a whole ramp would hide its last second among the good ones before.
final class Ramp {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

  /// A second with fewer answers has no 99th percentile worth the name.
  private static final int FEWEST_ANSWERS = 5;

  /// At first both sides run code that is not compiled yet, and their times are not judged.
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  /// Among those asked for at once, the first refusal overtakes those that are taken.
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

  /// A ramp that begins now, by `nanoTime`.
  ///
  /// @param limit what the 99th percentile of a second must not exceed
  Ramp(Duration limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.secondStart = start;
  }

  /// A subscriber asks for its connection; [#held] or [#failed] follows.
  synchronized void asked(long subscriber) {
    asked.add(subscriber);
  }

  /// It has it, `nanos` later.
  synchronized void held(long subscriber, long nanos) {
    if (asked.remove(subscriber)) {
      held++;
      answered(nanos);
    }
  }

  /// Something that was due at once came after `nanos`.
  synchronized void answered(long nanos) {
    micros.recordValue(Math.min(TimeUnit.NANOSECONDS.toMicros(nanos), LONGEST_MICROS));
    if (goesOn && nanoTime.getAsLong() - secondStart >= SECOND) {
      judge();
    }
  }

  /// What this user asked for failed, or a connection that it had.
  synchronized void failed(long user) {
    asked.remove(user);
    end(Capacity.End.ERROR);
  }

  /// As many as were to be tried have been held for long enough.
  synchronized void mostHeld() {
    end(Capacity.End.MOST_HELD);
  }

  /// Whether nothing has ended it yet.
  synchronized boolean goesOn() {
    return goesOn;
  }

  /// Whether it has ended, and what was asked for before that has been answered, or will not be.
  synchronized boolean isSettled() {
    return !goesOn && (asked.isEmpty() || nanoTime.getAsLong() - ended > SETTLING.toNanos());
  }

  synchronized Capacity.End end() {
    return end;
  }

  /// How many connections were held when it was settled, or before the second that was too slow.
  synchronized int connections() {
    return end == Capacity.End.TOO_SLOW ? heldBefore : held;
  }

  /// The 99th percentile of the slowest second that was judged; zero if none was.
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
