package pushlab.bench.road;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import pushlab.report.text.NotSeen;

/// The requests of one probe, as they arrive at the origin. Closing it makes the origin answer
/// later ones with 404. Thread-safe.
final class Script implements AutoCloseable {

  static final String PARAMETER = "road";

  private static final int STEP_MILLIS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final BlockingQueue<Arrival> queue = new LinkedBlockingQueue<>();
  private final List<Arrival> all = new CopyOnWriteArrayList<>();
  private volatile Consumer<Arrival> each = queue::add;
  private final String token;
  private final Runnable end;

  Script(String token, Runnable end) {
    this.token = token;
    this.end = end;
  }

  /// The target of a held poll of this probe. Two of them are equal.
  String poll() {
    return "/poll-status?last_version=0&" + parameter();
  }

  /// The target of one of several polls that are not equal.
  String poll(int number) {
    return poll() + "&number=" + number;
  }

  /// The target of an event stream of this probe.
  String events() {
    return "/events?" + parameter();
  }

  /// The target of a WebSocket of this probe.
  String socket() {
    return "/ws?" + parameter();
  }

  /// The target of an update of this probe.
  String update() {
    return "/update-status?" + parameter();
  }

  private String parameter() {
    return PARAMETER + "=" + token;
  }

  /// A request has arrived.
  void add(Arrival arrival) {
    all.add(arrival);
    each.accept(arrival);
  }

  /// How many requests have arrived so far.
  int arrived() {
    return all.size();
  }

  /// How many requests wait at the origin now.
  int held() {
    return (int) all.stream().filter(it -> it.isOpen() && !it.isAnswered()).count();
  }

  /// The next request that arrives.
  ///
  /// @throws NotSeenException if none arrives within 5 s
  Arrival next() throws NotSeenException, InterruptedException {
    Arrival next = queue.poll(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    if (next == null) {
      throw new NotSeenException(NotSeen.DID_NOT_ARRIVE.say(PATIENCE.toSeconds()));
    }
    return next;
  }

  /// Waits for the first request. Returns whether it has arrived.
  ///
  /// @param given whether the client has got an answer without it
  boolean awaitFirst(BooleanSupplier given) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (arrived() == 0 && !given.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.sleep(STEP_MILLIS);
    }
    return arrived() > 0;
  }

  /// Waits until `count` requests wait at the origin or have ended before, or until no more have
  /// arrived for so long. Returns how many wait.
  ///
  /// @param ended how many have been refused
  int awaitHeld(int count, IntSupplier ended, Duration atMost) throws InterruptedException {
    int arrived = arrived();
    long deadline = System.nanoTime() + atMost.toNanos();
    while (held() + ended.getAsInt() < count && System.nanoTime() < deadline) {
      Thread.sleep(STEP_MILLIS);
      if (arrived() > arrived) {
        arrived = arrived();
        deadline = System.nanoTime() + atMost.toNanos();
      }
    }
    return held();
  }

  /// Lets each request wait that arrives from now on.
  void hold() {
    forEach(queue::add);
  }

  /// Does the same with each request that arrives from now on.
  void forEach(Consumer<Arrival> action) {
    each = action;
  }

  /// Answers all polls that wait, and those that arrive from now on.
  void answerAll(int version) {
    forEach(it -> it.answer(version));
    all.stream().filter(it -> !it.isAnswered()).forEach(it -> it.answer(version));
  }

  @Override
  public void close() {
    end.run();
  }
}
