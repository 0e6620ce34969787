package pushlab.bench.watch;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import pushlab.bench.net.Unreachable;

/// Publishes on an open schedule: it sends each update when it is due, even if the server has not
/// yet answered the one before. A slow server cannot slow the schedule down, so its slowness shows.
/// Requests are pipelined on one connection, so that they arrive in order; if the server closes
/// each connection, each update gets a new one. The publisher has its own event loop, so that no
/// subscriber delays it.
final class Publisher extends ChannelInitializer<SocketChannel> {

  private static final int MAX_ANSWER = 64 * 1024;

  /// Updates that were sent and failed, as far as is known.
  ///
  /// @param firstError why the first of them failed, or null if none did
  record Failed(int updates, @Nullable String firstError) {}

  private final Node node;
  private final InetSocketAddress place;
  private final Bootstrap bootstrap;
  private final EventExecutor loop;
  private final Histogram answerTimes = new Histogram(3);

  // On the event loop only. An answer is null if the connection ended without one.
  private final Queue<CompletableFuture<@Nullable HttpResponseStatus>> sent = new ArrayDeque<>();
  private final Queue<Update> waiting = new ArrayDeque<>();
  private Failed failed = new Failed(0, null);
  private Channel channel;

  /// Whether an update on its own connection waits for its answer.
  private boolean connecting;

  /// Whether the server has closed a connection after its answer. From then on, each update has its
  /// own connection.
  private boolean endsConnections;

  /// Whether the server has closed a connection without an answer. From then on, nothing is sent.
  private boolean broken;

  /// A publisher that is connected to `node`.
  ///
  /// @param place the socket address of the node
  /// @param bootstrap has the event loop and the kind of channel
  /// @throws IOException if the node cannot be reached; the message says why
  /// @throws InterruptedException if the thread was interrupted while connecting
  Publisher(Node node, InetSocketAddress place, Bootstrap bootstrap)
      throws IOException, InterruptedException {
    this.node = node;
    this.place = place;
    this.bootstrap = bootstrap.clone().handler(this);
    ChannelFuture connected = this.bootstrap.connect(place).await();
    if (!connected.isSuccess()) {
      throw new IOException(
          Unreachable.reason(node.address(), connected.cause()), connected.cause());
    }
    this.channel = connected.channel();
    this.loop = channel.eventLoop();
  }

  @Override
  protected void initChannel(SocketChannel connection) {
    connection
        .pipeline()
        .addLast(new HttpClientCodec())
        .addLast(new HttpObjectAggregator(MAX_ANSWER))
        .addLast(new AnswerHandler());
  }

  /// An update that the server has not answered yet.
  private record Update(
      @Nullable String task,
      String status,
      CompletableFuture<@Nullable HttpResponseStatus> answer) {}

  /// Passes the answers of one connection to its updates. Answers arrive in the order of the
  /// requests.
  private final class AnswerHandler extends SimpleChannelInboundHandler<FullHttpResponse> {
    private final Queue<Update> due = new ArrayDeque<>();

    void await(Update update) {
      due.add(update);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse answer) {
      Update next = due.poll();
      if (!Answered.keepsConnection(answer, context.channel().isActive())) {
        endsConnections = true;
        var _ = context.close();
        // Such a server has ignored the requests after this one (RFC 9112, section 9.6).
        waiting.addAll(due);
        due.clear();
      }
      if (next != null) {
        next.answer().complete(answer.status());
      }
      sendNext();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      broken |= !due.isEmpty() && !endsConnections;
      due.forEach(update -> update.answer().complete(null));
      due.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }
  }

  /// Sends each update of `schedules` when it is due, taking the tasks in turn. Completes at the
  /// time of the last update.
  CompletableFuture<Void> publish(List<Schedule> schedules) {
    var done = new CompletableFuture<Void>();
    scheduleNext(schedules, 0, done);
    return done;
  }

  private void scheduleNext(List<Schedule> schedules, int number, CompletableFuture<Void> done) {
    Schedule schedule = schedules.get(number % schedules.size());
    int update = number / schedules.size();
    if (update == schedule.updates()) {
      done.complete(null);
      return;
    }
    var _ =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  spinUntil(schedule.due(update));
                  if (!broken && (!channel.isActive() || channel.isWritable())) {
                    send(schedule, update);
                  }
                  scheduleNext(schedules, number + 1, done);
                },
                schedule.due(update) - schedule.early() - System.nanoTime(),
                TimeUnit.NANOSECONDS);
  }

  private static void spinUntil(long moment) {
    while (System.nanoTime() - moment < 0) {
      Thread.onSpinWait();
    }
  }

  private void send(Schedule schedule, int update) {
    schedule.markSent(update);
    var _ =
        send(schedule.task(), schedule.status(update))
            .thenAccept(
                answer -> {
                  if (answer == null) {
                    fail("the server closed the publisher's connection without an answer");
                  } else if (answer.equals(HttpResponseStatus.OK)) {
                    answerTimes.recordValue((System.nanoTime() - schedule.sent(update)) / 1000);
                  } else {
                    schedule.markRefused(update);
                    fail("POST /update-status answered " + answer);
                  }
                });
  }

  private CompletableFuture<@Nullable HttpResponseStatus> send(
      @Nullable String task, String status) {
    var answer = new CompletableFuture<@Nullable HttpResponseStatus>();
    while (!sent.isEmpty() && sent.element().isDone()) {
      sent.remove();
    }
    sent.add(answer);
    waiting.add(new Update(task, status, answer));
    sendNext();
    return answer;
  }

  /// Sends the waiting updates on the open connection. Without one, it sends them one by one on new
  /// connections, so that they arrive in order.
  private void sendNext() {
    while (!waiting.isEmpty() && !connecting) {
      if (broken) {
        waiting.remove().answer().complete(null);
      } else if (channel.isActive() && !endsConnections) {
        write(channel, waiting.remove());
      } else {
        connecting = true;
        connect(waiting.remove());
      }
    }
  }

  private void connect(Update update) {
    bootstrap
        .connect(place)
        .addListener(
            (ChannelFuture connected) -> {
              if (connected.isSuccess()) {
                channel = connected.channel();
                write(channel, update);
              } else {
                broken = true;
                update.answer().complete(null);
              }
            });
    var _ =
        update
            .answer()
            .whenComplete(
                (_, _) -> {
                  connecting = false;
                  sendNext();
                });
  }

  private void write(Channel to, Update update) {
    to.pipeline().get(AnswerHandler.class).await(update);
    var _ = to.writeAndFlush(node.update(update.task(), update.status()), to.voidPromise());
  }

  /// The time from each update until its answer 200, in microseconds. To be read after the last
  /// answer.
  Histogram answerTimes() {
    return answerTimes;
  }

  private void fail(String why) {
    failed = new Failed(failed.updates + 1, failed.firstError == null ? why : failed.firstError);
  }

  /// Sends an update of each task that is not measured. Completes with whether all were answered
  /// within `atMost`.
  CompletableFuture<Boolean> publish(WatchLoad workload, String status, Duration atMost) {
    return CompletableFuture.supplyAsync(() -> sendAll(workload, status), loop)
        .thenCompose(Publisher::all)
        .completeOnTimeout(false, atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  private List<CompletableFuture<@Nullable HttpResponseStatus>> sendAll(
      WatchLoad workload, String status) {
    return IntStream.range(0, workload.tasks())
        .mapToObj(task -> send(workload.task(task), status))
        .toList();
  }

  private static CompletableFuture<Boolean> all(
      List<CompletableFuture<@Nullable HttpResponseStatus>> answers) {
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(_ -> answers.stream().allMatch(answer -> answer.join() != null));
  }

  /// Completes with the failed updates, once every update has been answered or `atMost` has passed.
  /// An update without an answer by then has failed.
  CompletableFuture<Failed> answers(Duration atMost) {
    return CompletableFuture.completedFuture(sent)
        .thenComposeAsync(
            left -> CompletableFuture.allOf(left.toArray(CompletableFuture[]::new)), loop)
        .completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS)
        .thenApplyAsync(_ -> failedBy(atMost), loop);
  }

  private Failed failedBy(Duration atMost) {
    int unanswered = (int) sent.stream().filter(answer -> !answer.isDone()).count();
    return unanswered == 0
        ? failed
        : new Failed(
            failed.updates + unanswered,
            failed.firstError == null
                ? "POST /update-status was not answered within %d s".formatted(atMost.toSeconds())
                : failed.firstError);
  }
}
