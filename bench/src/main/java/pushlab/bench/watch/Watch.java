package pushlab.bench.watch;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Repeat;
import pushlab.report.result.Transport.Asking;

/// The delivery clock: N subscribers of one transport, connected over real sockets, and a
/// publisher. All times come from one clock, the [System#nanoTime] of this process.
public final class Watch implements AutoCloseable {

  private static final Duration FIRST_PATIENCE = Duration.ofSeconds(10);
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(2);

  private final Target target;
  private final WatchLoad workload;
  private final Patience patience;
  private final Loop loop;
  private final NettyLoop publisherLoop = new NettyLoop();
  private final Counters counters;
  private final Subscribers subscribers;
  private final Publisher publisher;
  private final double connectMillis;

  private Watch(Target target, WatchLoad workload) throws IOException, InterruptedException {
    this.target = target;
    this.workload = workload;
    this.patience = Patience.of(target.network(), workload);
    this.loop = workload.transport().asking() == Asking.ONCE ? new NettyLoop() : new SelectorLoop();
    this.counters = new Counters(target.nodes().size());
    try {
      List<InetSocketAddress> places = target.reach();
      this.subscribers = new Subscribers(target, places, workload, loop, counters, patience);
      this.publisher =
          new Publisher(
              target.first(),
              target.reachFirst(places),
              publisherLoop.bootstrap(patience.oneConnection()));
      createTasks();
      this.connectMillis = subscribers.connect();
    } catch (IOException | InterruptedException | RuntimeException e) {
      stopLoops();
      throw e;
    }
  }

  /// Connects the subscribers of `workload` and waits until each has the current snapshot.
  ///
  /// @throws IOException if they cannot all be connected within 30 s, or later over a
  ///     network that is shaped; the message says why
  /// @throws InterruptedException if the thread was interrupted
  public static Watch connect(Target target, WatchLoad workload)
      throws IOException, InterruptedException {
    return new Watch(target, workload);
  }

  /// The time from the first connection attempt until every subscriber had a snapshot.
  public double connectMillis() {
    return connectMillis;
  }

  /// The time of each subscriber from its connection attempt until it had a snapshot, in
  /// microseconds.
  ///
  /// @throws InterruptedException if the thread was interrupted
  public Histogram connectMicros() throws InterruptedException {
    return loop.call(() -> counters.connects);
  }

  /// Publishes the updates of the workload, and waits for the last one to arrive. The wait ends
  /// when every subscriber has it, when none is connected any more, or 5 s and a poll interval
  /// after it was sent, later over a network that is shaped. To be called once.
  ///
  /// @throws InterruptedException if the thread was interrupted
  public Measured measure() throws InterruptedException {
    return measure(patience.lastDelivery().plus(workload.pollInterval()));
  }

  /// The same, with another time limit for the last update.
  Measured measure(Duration lastDeliveryPatience) throws InterruptedException {
    long start = System.nanoTime() + 20_000_000;
    List<Schedule> schedules =
        IntStream.range(0, workload.tasks())
            .mapToObj(task -> new Schedule(workload, task, start))
            .toList();
    long loopBefore =
        loop.call(
            () -> {
              counters.start(schedules);
              return threadNanos();
            });
    long publisherBefore = publisherLoop.call(Watch::threadNanos);
    join(publisher.publish(schedules));
    loop.await(
        () -> subscribers.haveAll(schedules) || subscribers.haveLeft(), lastDeliveryPatience);
    long end = loop.call(() -> end(schedules));
    Publisher.Failed failed = join(publisher.answers(ANSWER_PATIENCE));
    long publisherNanos = publisherLoop.call(Watch::threadNanos) - publisherBefore;
    return loop.call(
        () -> measured(schedules, start, end, threadNanos() - loopBefore, publisherNanos, failed));
  }

  /// When the last subscriber received the last update, or now if one has not.
  private long end(List<Schedule> schedules) {
    return counters.lastHeld != null && subscribers.haveAll(schedules)
        ? counters.lastHeld
        : System.nanoTime();
  }

  /// Publishes nothing for `length`, or until a connection fails.
  ///
  /// @throws InterruptedException if the thread was interrupted
  public Counted idle(Duration length) throws InterruptedException {
    loop.call(
        () -> {
          counters.start(List.of());
          return counters;
        });
    long start = System.nanoTime();
    loop.await(() -> counters.errors + counters.disconnects > 0, length);
    return loop.call(
        () ->
            new Counted(
                (System.nanoTime() - start) / 1e9,
                counters.traffic(),
                counters.faults(),
                counters.firstError));
  }

  /// What the watch counted in a time without updates: the part of [pushlab.report.result.Idle]
  /// that it can know.
  ///
  /// @param firstError the first of the errors in words, or null if there was none
  public record Counted(
      double seconds, Repeat.Traffic traffic, Repeat.Faults faults, @Nullable String firstError) {}

  /// Cuts `line` for `length`, publishes one update in the middle of that time, and waits until
  /// every subscriber has it, or until `atMost` after packets pass again. The line is restored in
  /// any case. To be called once, instead of [#measure], with a workload of one update.
  ///
  /// @throws IOException if the line cannot be cut or restored
  /// @throws InterruptedException if the thread was interrupted
  public CameThrough comeThrough(Line line, Duration length, Duration atMost)
      throws IOException, InterruptedException {
    return new CutNetwork(loop, counters, subscribers, publisher)
        .measure(line, workload, length, atMost);
  }

  /// The CPU time of the current thread.
  private static long threadNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private Measured measured(
      List<Schedule> schedules,
      long start,
      long end,
      long loopNanos,
      long publisherNanos,
      Publisher.Failed failed) {
    long skipped = 0;
    long missing = 0;
    for (Subscriber subscriber : subscribers.all()) {
      skipped += subscriber.skipped(schedules);
      missing += subscriber.missing(schedules);
      subscriber.end(schedules, end);
    }
    long due = 0;
    long sent = 0;
    long expected = 0;
    for (Schedule schedule : schedules) {
      due += schedule.updates();
      sent += schedule.sentCount();
      expected += (long) schedule.taken() * schedule.subscribers();
    }
    double seconds = (end - start) / 1e9;
    counters.schedules = List.of();
    return new Measured(
        seconds,
        new Repeat.Updates(due, due - sent),
        new Repeat.Deliveries(
            expected, counters.delivered(), skipped, missing, counters.repeated, counters.backward),
        new Measured.Latency(
            counters.raw,
            counters.corrected(),
            counters.untilLast,
            publisher.answerTimes(),
            1000 * counters.staleArea / (seconds * workload.clients())),
        counters.traffic(),
        counters.connections,
        new Repeat.Instrument((loopNanos + publisherNanos) / 1000, loopNanos / 1e9 / seconds),
        new Repeat.Faults(counters.errors + failed.updates(), counters.disconnects),
        counters.firstError == null ? failed.firstError() : counters.firstError,
        counters.nodes.stream().map(Counters.NodeCounters::result).toList());
  }

  /// Disconnects all subscribers, and waits until the server has closed every connection, so that
  /// nothing is left on the server. A last update answers held requests. If the server does not
  /// close its end, the connections are closed, and two more updates make it notice that its
  /// streams have no subscriber.
  @Override
  public void close() {
    try {
      loop.call(() -> counters.leaving = true);
      if (workload.transport().asking() != Asking.AFTER_EACH_ANSWER) {
        onLoop(subscribers::leave);
      }
      boolean answers = join(publisher.publish(workload, "watch-ends", patience.farewell()));
      boolean left = loop.await(subscribers::haveLeft, patience.farewell());
      onLoop(subscribers::close);
      if (answers && !left) {
        join(publisher.publish(workload, "watch-ends", patience.farewell()));
        join(publisher.publish(workload, "watch-ended", patience.farewell()));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      stopLoops();
    }
  }

  private void onLoop(Runnable work) throws InterruptedException {
    loop.call(Executors.callable(work));
  }

  /// Creates the tasks: the first update of a task creates it.
  private void createTasks() throws IOException, InterruptedException {
    if (workload.tasks() > 1
        && !join(publisher.publish(workload, "watch-begins", FIRST_PATIENCE))) {
      throw new IOException(
          "%s did not answer the first updates of %d tasks within %d s"
              .formatted(target.first(), workload.tasks(), FIRST_PATIENCE.toSeconds()));
    }
  }

  private static <T> T join(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void stopLoops() {
    loop.close();
    publisherLoop.close();
  }
}
