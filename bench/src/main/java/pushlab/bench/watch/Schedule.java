package pushlab.bench.watch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// When each update of one task was due, when it was sent, and whether the server took it. An
/// update carries its number in its status, so that the holder of a snapshot can look it up. The
/// publisher writes, the subscribers read.
final class Schedule {

  private static final long LATEST_TIMER = 500_000;
  private static final long NOT_SENT = Long.MIN_VALUE;
  private static final String FILLING = ".";

  private final String prefix =
      "watch-%s-"
          .formatted(
              Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), Character.MAX_RADIX));
  private final Workload workload;
  private final int task;
  private final long start;
  private final AtomicLongArray sent;
  private final Set<Integer> refused = ConcurrentHashMap.newKeySet();

  /// The schedule of task number `task` of `workload`, whose first update of all is due at `start`
  /// of [System#nanoTime].
  Schedule(Workload workload, int task, long start) {
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

  /// The name of its task, or null for the one that needs no name.
  @Nullable String task() {
    return workload.task(task);
  }

  /// How many subscribers wait for its updates.
  int subscribers() {
    return workload.subscribers(task);
  }

  String status(int update) {
    String number = prefix + update;
    return number + FILLING.repeat(workload.payload() - number.length());
  }

  /// The number of the update whose status this is, or -1 if it is none of this schedule's.
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

  /// How long before an update is due its publisher should be awake, in nanoseconds: a timer alone
  /// is late by a third of a millisecond and more. At most a twentieth of the publisher's time.
  long early() {
    return Math.min(LATEST_TIMER, (long) (1e9 / workload.updatesPerSecond()) / 20);
  }

  void markSent(int update) {
    sent.set(update, System.nanoTime());
  }

  /// The server has answered that it does not take `update`, which was sent.
  void markRefused(int update) {
    refused.add(update);
  }

  long sent(int update) {
    return sent.get(update);
  }

  /// The first update after number `update` that was sent; there must be one.
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

  /// How many of these have number `last` or a lower one.
  int takenUpTo(int last) {
    int count = 0;
    for (int update = 0; update <= last; update++) {
      count += isTaken(update) ? 1 : 0;
    }
    return count;
  }

  /// The number of the last of these, or -1 if there is none.
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
