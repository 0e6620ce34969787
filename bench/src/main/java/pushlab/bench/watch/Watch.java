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
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Transport;

/// The delivery clock: N subscribers of one transport, connected to a server over real sockets, and
/// a publisher. All times come from one clock, [System#nanoTime] of this process.
public final class Watch implements AutoCloseable {

  private static final Duration LAST_DELIVERY_PATIENCE = Duration.ofSeconds(5);
  private static final Duration FIRST_PATIENCE = Duration.ofSeconds(10);
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(2);
  private static final Duration FAREWELL_PATIENCE = Duration.ofSeconds(2);

  private final Target target;
  private final Workload workload;
  private final EventLoop loop = new EventLoop();
  private final EventLoop publisherLoop = new EventLoop();
  private final Tally tally;
  private final Subscribers subscribers;
  private final Publisher publisher;
  private final double connectMillis;

  private Watch(Target target, Workload workload) throws IOException, InterruptedException {
    this.target = target;
    this.workload = workload;
    this.tally = new Tally(target.nodes().size());
    try {
      List<InetSocketAddress> places = target.reach();
      this.subscribers = new Subscribers(target, places, workload, loop, tally);
      this.publisher = new Publisher(target.first(), places.getFirst(), publisherLoop.bootstrap());
      createTasks();
      this.connectMillis = subscribers.connect();
    } catch (IOException | InterruptedException | RuntimeException e) {
      stopLoops();
      throw e;
    }
  }

  /// Connects the subscribers of `workload` and waits until each holds the current snapshot.
  ///
  /// @throws IOException if they cannot all be connected within 30 s; the message says why
  /// @throws InterruptedException if the thread was interrupted meanwhile
  public static Watch connect(Target target, Workload workload)
      throws IOException, InterruptedException {
    return new Watch(target, workload);
  }

  /// From the first connection attempt until every subscriber held a snapshot.
  public double connectMillis() {
    return connectMillis;
  }

  /// Publishes the workload's updates and waits until every subscriber has the last one, or none is
  /// connected any more, or 5 s and a poll interval have passed since it was sent. To be called
  /// once.
  ///
  /// @throws InterruptedException if the thread was interrupted meanwhile
  public Measured measure() throws InterruptedException {
    return measure(LAST_DELIVERY_PATIENCE.plus(workload.pollInterval()));
  }

  /// The same, with that much patience for the last update's deliveries.
  Measured measure(Duration lastDeliveryPatience) throws InterruptedException {
    long start = System.nanoTime() + 20_000_000;
    List<Schedule> schedules =
        IntStream.range(0, workload.tasks())
            .mapToObj(task -> new Schedule(workload, task, start))
            .toList();
    long loopBefore =
        loop.call(
            () -> {
              tally.start(schedules);
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

  /// When the last came to hold the last update, or now if not all do.
  private long end(List<Schedule> schedules) {
    return tally.lastHeld != null && subscribers.haveAll(schedules)
        ? tally.lastHeld
        : System.nanoTime();
  }

  /// Publishes nothing for `length`, or until a connection fails.
  ///
  /// @throws InterruptedException if the thread was interrupted meanwhile
  public Counted idle(Duration length) throws InterruptedException {
    loop.call(
        () -> {
          tally.start(List.of());
          return tally;
        });
    long start = System.nanoTime();
    loop.await(() -> tally.errors + tally.disconnects > 0, length);
    return loop.call(
        () ->
            new Counted(
                (System.nanoTime() - start) / 1e9,
                tally.requests,
                tally.bytesOut,
                tally.bytesIn,
                tally.errors,
                tally.disconnects,
                tally.firstError));
  }

  /// What the watch saw of a time without updates; the parts of [pushlab.report.result.Idle] that
  /// are its own to know.
  ///
  /// @param firstError what the first of the errors was, or null where there was none
  public record Counted(
      double seconds,
      long requests,
      long bytesOut,
      long bytesIn,
      long errors,
      long disconnects,
      @Nullable String firstError) {}

  /// CPU time of the thread that asks.
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
    tally.schedules = List.of();
    return new Measured(
        seconds,
        due,
        due - sent,
        expected,
        tally.nodes.stream().mapToLong(node -> node.delivered).sum(),
        skipped,
        missing,
        tally.repeated,
        tally.backward,
        tally.raw,
        tally.corrected(),
        tally.untilLast,
        publisher.answerTimes(),
        1000 * tally.staleArea / (seconds * workload.clients()),
        tally.connections,
        tally.requests,
        tally.bytesOut,
        tally.bytesIn,
        tally.payloadBytes,
        (loopNanos + publisherNanos) / 1000,
        loopNanos / 1e9 / seconds,
        tally.errors + failed.updates(),
        tally.disconnects,
        tally.firstError == null ? failed.firstError() : tally.firstError,
        tally.nodes.stream().map(Tally.OfNode::seen).toList());
  }

  /// Takes leave in good order, so that nothing is left behind on the server: held requests are
  /// answered by a last update, every connection is given up, and the server is waited for until it
  /// has closed its end of each. Those of a server that does not are closed, and two updates more
  /// let it find out that its streams have lost their readers.
  @Override
  public void close() {
    try {
      loop.call(() -> tally.leaving = true);
      if (workload.transport() != Transport.LONG_POLLING) {
        onLoop(subscribers::leave);
      }
      boolean answers = join(publisher.publish(workload, "watch-ends", FAREWELL_PATIENCE));
      boolean left = loop.await(subscribers::haveLeft, FAREWELL_PATIENCE);
      onLoop(subscribers::close);
      if (answers && !left) {
        join(publisher.publish(workload, "watch-ends", FAREWELL_PATIENCE));
        join(publisher.publish(workload, "watch-ended", FAREWELL_PATIENCE));
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

  /// A task is created by its first update.
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
