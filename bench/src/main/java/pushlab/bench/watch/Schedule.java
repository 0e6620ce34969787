package pushlab.bench.watch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// When each update of one task is due, when it was sent, and whether the server accepted it. The
/// status of an update contains its number, so that a subscriber can find the update of a snapshot.
/// The publisher writes to this, the subscribers read from it.
final class Schedule {

  private static final long LATEST_TIMER = 500_000;
  private static final long NOT_SENT = Long.MIN_VALUE;
  private static final String FILLING = ".";

  private final String prefix =
      "watch-%s-"
          .formatted(
              Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), Character.MAX_RADIX));
  private final WatchLoad workload;
  private final int task;
  private final long start;
  private final AtomicLongArray sent;
  private final Set<Integer> refused = ConcurrentHashMap.newKeySet();

  /// The schedule of task number `task` of `workload`. The first update of all tasks is due at
  /// `start`, in [System#nanoTime].
  Schedule(WatchLoad workload, int task, long start) {
    this.workload = workload;
    this.task = task;
    this.start = start;
    this.sent = new AtomicLongArray(workload.updates(task));
    for (int update = 0; update < sent.length(); update++) {
      sent.set(update, NOT_SENT);
    }
  }

  int updates() {
    return sent.length();
  }

  /// The name of the task, or null for the default task.
  @Nullable String task() {
    return workload.task(task);
  }

  /// How many subscribers the task has.
  int subscribers() {
    return workload.subscribers(task);
  }

  String status(int update) {
    String number = prefix + update;
    return number + FILLING.repeat(workload.payload() - number.length());
  }

  /// The number of the update that set `status`, or -1 if no update of this schedule did.
  int update(@Nullable String status) {
    if (status == null || !status.startsWith(prefix)) {
      return -1;
    }
    int end = status.indexOf(FILLING, prefix.length());
    return Integer.parseInt(status.substring(prefix.length(), end < 0 ? status.length() : end));
  }

  long due(int update) {
    return start + workload.dueNanos(task, update);
  }

  /// How long before an update is due the publisher should wake up, in nanoseconds, because a timer
  /// may be late by a third of a millisecond or more. At most a twentieth of the update period.
  long early() {
    return Math.min(LATEST_TIMER, (long) (1e9 / workload.updatesPerSecond()) / 20);
  }

  void markSent(int update) {
    sent.set(update, System.nanoTime());
  }

  /// Notes that the server has refused `update`.
  void markRefused(int update) {
    refused.add(update);
  }

  long sent(int update) {
    return sent.get(update);
  }

  /// The first update after `update` that was sent. There must be one.
  int nextSent(int update) {
    int next = update + 1;
    while (sent.get(next) == NOT_SENT) {
      next++;
    }
    return next;
  }

  /// How many updates were sent.
  int sentCount() {
    int count = 0;
    for (int update = 0; update < sent.length(); update++) {
      count += sent.get(update) == NOT_SENT ? 0 : 1;
    }
    return count;
  }

  /// How many updates were sent and not refused.
  int taken() {
    return takenUpTo(sent.length() - 1);
  }

  /// How many of these have the number `last` or a lower one.
  int takenUpTo(int last) {
    int count = 0;
    for (int update = 0; update <= last; update++) {
      count += isTaken(update) ? 1 : 0;
    }
    return count;
  }

  /// The number of the last update that was sent and not refused, or -1 if there is none.
  int lastTaken() {
    int update = sent.length() - 1;
    while (update >= 0 && !isTaken(update)) {
      update--;
    }
    return update;
  }

  /// Whether `update` was sent and, as far as is known, not refused.
  boolean isTaken(int update) {
    return sent.get(update) != NOT_SENT && !refused.contains(update);
  }
}
