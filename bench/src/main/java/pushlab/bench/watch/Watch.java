package pushlab.bench.watch;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Transport;

/// The delivery clock: N subscribers of one transport, connected to a server over real sockets, and
/// a publisher. All times come from one clock, [System#nanoTime] of this process.
///
/// Every subscriber lives on one event loop, so counting needs no lock, and on two cores the
/// instrument takes no more than one.
public final class Watch implements AutoCloseable {

  private static final int CONNECTING_AT_ONCE = 100;
  private static final int MAX_SNAPSHOT = 64 * 1024;
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(30);
  private static final Duration LAST_DELIVERY_PATIENCE = Duration.ofSeconds(5);
  private static final Duration FIRST_PATIENCE = Duration.ofSeconds(10);
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(2);
  private static final Duration FAREWELL_PATIENCE = Duration.ofSeconds(2);

  private final Target target;
  private final Workload workload;
  private final IoEventLoopGroup subscribersLoop = new MultiThreadIoEventLoopGroup(1, ioHandler());
  private final IoEventLoopGroup publisherLoop = new MultiThreadIoEventLoopGroup(1, ioHandler());
  private final Tally tally = new Tally();
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();
  private final Publisher publisher;
  private final double connectMillis;

  private Watch(Target target, Workload workload) throws IOException, InterruptedException {
    this.target = target;
    this.workload = workload;
    try {
      this.publisher = new Publisher(target, bootstrap(publisherLoop));
      bringTasksToBe();
      this.connectMillis = connectAll();
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
        onLoop(
            () -> {
              tally.start(schedules);
              return threadNanos();
            });
    join(publisher.publish(schedules));
    await(
        () ->
            subscribers.stream().allMatch(subscriber -> subscriber.hasAll(schedules))
                || channels.stream().noneMatch(Channel::isActive),
        lastDeliveryPatience);
    long end = System.nanoTime();
    Publisher.Failed failed = join(publisher.answers(ANSWER_PATIENCE));
    return onLoop(() -> measured(schedules, start, end, threadNanos() - loopBefore, failed));
  }

  /// Publishes nothing for `length`, or until a connection fails.
  ///
  /// @throws InterruptedException if the thread was interrupted meanwhile
  public Counted idle(Duration length) throws InterruptedException {
    onLoop(
        () -> {
          tally.start(List.of());
          return tally;
        });
    long start = System.nanoTime();
    await(() -> tally.errors + tally.disconnects > 0, length);
    return onLoop(
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
      List<Schedule> schedules, long start, long end, long loopNanos, Publisher.Failed failed) {
    long skipped = 0;
    long missing = 0;
    for (Subscriber subscriber : subscribers) {
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
        tally.delivered,
        skipped,
        missing,
        tally.repeated,
        tally.backward,
        tally.raw,
        tally.corrected,
        tally.untilLast,
        publisher.answerTimes(),
        1000 * tally.staleArea / (seconds * workload.clients()),
        tally.requests,
        tally.bytesOut,
        tally.bytesIn,
        tally.payloadBytes,
        loopNanos / 1e9 / seconds,
        tally.errors + failed.updates(),
        tally.disconnects,
        tally.firstError == null ? failed.firstError() : tally.firstError);
  }

  /// Takes leave in good order, so that nothing is left behind on the server: held requests are
  /// answered by a last update, then every connection is closed, and two updates more let the
  /// server find out that its streams have lost their readers.
  @Override
  public void close() {
    try {
      onLoop(() -> tally.leaving = true);
      if (workload.transport() != Transport.LONG_POLLING) {
        closeAll();
      }
      if (join(publisher.publish(workload, "watch-ends", FAREWELL_PATIENCE))) {
        await(() -> channels.stream().noneMatch(Channel::isActive), FAREWELL_PATIENCE);
        closeAll();
        join(publisher.publish(workload, "watch-ends", FAREWELL_PATIENCE));
        join(publisher.publish(workload, "watch-ended", FAREWELL_PATIENCE));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      stopLoops();
    }
  }

  private void closeAll() throws InterruptedException {
    onLoop(
        () -> {
          for (Channel channel : channels) {
            var _ = channel.close();
          }
          return tally;
        });
  }

  /// A task comes to be with its first update.
  private void bringTasksToBe() throws IOException, InterruptedException {
    if (workload.tasks() > 1
        && !join(publisher.publish(workload, "watch-begins", FIRST_PATIENCE))) {
      throw new IOException(
          "%s did not answer the first updates of %d tasks within %d s"
              .formatted(target, workload.tasks(), FIRST_PATIENCE.toSeconds()));
    }
  }

  private double connectAll() throws IOException, InterruptedException {
    long start = System.nanoTime();
    Bootstrap bootstrap = bootstrap(subscribersLoop).handler(new Pipeline());
    onLoop(
        () -> {
          for (int i = 0; i < Math.min(CONNECTING_AT_ONCE, workload.clients()); i++) {
            connectNext(bootstrap);
          }
          return tally;
        });
    await(
        () -> tally.ready == workload.clients() || tally.errors + tally.disconnects > 0,
        CONNECT_PATIENCE);
    int ready = onLoop(() -> tally.ready);
    if (ready < workload.clients()) {
      throw new IOException(
          "%d of %d subscribers connected to %s by %s: %s"
              .formatted(
                  ready,
                  workload.clients(),
                  target,
                  workload.transport(),
                  onLoop(this::whyNotReady)));
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private String whyNotReady() {
    if (tally.firstError != null) {
      return tally.firstError;
    }
    return tally.disconnects > 0
        ? "the server closed a connection"
        : "the others had no snapshot within %d s".formatted(CONNECT_PATIENCE.toSeconds());
  }

  private void connectNext(Bootstrap bootstrap) {
    if (channels.size() == workload.clients() || tally.errors > 0) {
      return;
    }
    var connecting = bootstrap.connect(target.socketAddress());
    channels.add(connecting.channel());
    connecting.addListener(
        (ChannelFuture connected) -> {
          if (connected.isSuccess()) {
            connectNext(bootstrap);
          } else {
            tally.error(String.valueOf(connected.cause().getMessage()));
          }
        });
  }

  /// One subscriber's connection.
  private final class Pipeline extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel connection) {
      var subscriber = new Subscriber(tally, workload, subscribers.size() % workload.tasks());
      subscribers.add(subscriber);
      ChannelPipeline pipeline =
          connection.pipeline().addLast(new ByteCounter(tally), new HttpClientCodec());
      switch (workload.transport()) {
        case SHORT_POLLING ->
            pipeline.addLast(
                new HttpObjectAggregator(MAX_SNAPSHOT),
                new ShortPollingClient(target, subscriber, workload.pollInterval()));
        case LONG_POLLING ->
            pipeline.addLast(
                new HttpObjectAggregator(MAX_SNAPSHOT), new LongPollingClient(target, subscriber));
        case SERVER_SENT_EVENTS ->
            pipeline.addLast(
                new ServerSentEventsClient(target, subscriber, connection.alloc().buffer()));
        case WEBSOCKET ->
            pipeline.addLast(
                new HttpObjectAggregator(MAX_SNAPSHOT),
                WebSocketClient.upgrade(target, subscriber),
                new WebSocketClient(subscriber));
      }
      pipeline.addLast(new Failures(tally));
    }
  }

  private static Bootstrap bootstrap(IoEventLoopGroup loop) {
    return new Bootstrap()
        .group(loop)
        .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 10_000);
  }

  private static IoHandlerFactory ioHandler() {
    return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  private <T> T onLoop(Callable<T> read) throws InterruptedException {
    try {
      return subscribersLoop.submit(read).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /// Whether `holds` came to hold, looked at on the subscribers' loop, within `atMost`.
  private boolean await(BooleanSupplier holds, Duration atMost) throws InterruptedException {
    var held = new CompletableFuture<Void>();
    var looking =
        subscribersLoop.scheduleWithFixedDelay(
            () -> {
              if (holds.getAsBoolean()) {
                held.complete(null);
              }
            },
            0,
            2,
            TimeUnit.MILLISECONDS);
    try {
      held.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      looking.cancel(false);
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
    var _ = subscribersLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    var _ = publisherLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
