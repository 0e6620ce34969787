package pushlab.bench.watch;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// When each update was due and when it was sent. An update carries its number in its status, so
/// that whoever holds a snapshot can look both up. The publisher writes, the subscribers read.
final class Schedule {

  private static final long NOT_SENT = Long.MIN_VALUE;

  private final String prefix =
      "watch-%s-"
          .formatted(
              Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), Character.MAX_RADIX));
  private final Workload workload;
  private final long start;
  private final AtomicLongArray sent;

  /// The schedule of `workload`, whose first update is due at `start` of [System#nanoTime].
  Schedule(Workload workload, long start) {
    this.workload = workload;
    this.start = start;
    this.sent = new AtomicLongArray(workload.updates());
    for (int update = 0; update < sent.length(); update++) {
      sent.set(update, NOT_SENT);
    }
  }

  int updates() {
    return sent.length();
  }

  String status(int update) {
    return prefix + update;
  }

  /// The number of the update whose status this is, or -1 if it is none of this schedule's.
  int update(@Nullable String status) {
    if (status == null || !status.startsWith(prefix)) {
      return -1;
    }
    return Integer.parseInt(status.substring(prefix.length()));
  }

  long due(int update) {
    return start + workload.dueNanos(update);
  }

  void markSent(int update) {
    sent.set(update, System.nanoTime());
  }

  long sent(int update) {
    return sent.get(update);
  }

  /// How many updates were sent.
  int sentCount() {
    int count = 0;
    for (int update = 0; update < sent.length(); update++) {
      count += sent.get(update) == NOT_SENT ? 0 : 1;
    }
    return count;
  }

  /// The number of the last update that was sent, or -1 if none was.
  int lastSent() {
    int update = sent.length() - 1;
    while (update >= 0 && sent.get(update) == NOT_SENT) {
      update--;
    }
    return update;
  }
}
