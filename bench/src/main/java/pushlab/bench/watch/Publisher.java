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

/// Publishes on an open schedule: each update is sent when it is due, whether or not the one before
/// has been answered (requests are pipelined on one connection, so that they arrive in order; a
/// server that ends each connection gets a new one for each). A slow server cannot slow the
/// schedule down, which is what makes its slowness visible. Runs on an event loop of its own, so
/// that no subscriber keeps it waiting.
final class Publisher extends ChannelInitializer<SocketChannel> {

  private static final int MAX_ANSWER = 64 * 1024;

  /// Updates that were sent and came to nothing, as far as is known.
  ///
  /// @param firstError why the first of them did, or null where there is none
  record Failed(int updates, @Nullable String firstError) {}

  private final Node node;
  private final InetSocketAddress place;
  private final Bootstrap bootstrap;
  private final EventExecutor loop;
  private final Histogram answerTimes = new Histogram(3);

  // On the event loop only. An answer is null where the connection ended without one.
  private final Queue<CompletableFuture<@Nullable HttpResponseStatus>> sent = new ArrayDeque<>();
  private final Queue<Update> waiting = new ArrayDeque<>();
  private Failed failed = new Failed(0, null);
  private Channel channel;

  /// Whether an update has a connection of its own that is not answered yet.
  private boolean connecting;

  /// Whether the server has ended a connection once it had answered: then each update has its own.
  private boolean endsConnections;

  /// Whether it has ended one without an answer: then it takes no more.
  private boolean broken;

  /// A publisher connected to `node`.
  ///
  /// @param place where it listens
  /// @param bootstrap knows the event loop and the kind of channel
  /// @throws IOException if it cannot be reached; the message says why
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
        .addLast(new Answers());
  }

  /// One that is on its way.
  private record Update(
      @Nullable String task,
      String status,
      CompletableFuture<@Nullable HttpResponseStatus> answer) {}

  /// Tells each update of one connection what came of it: answers come in the order of the
  /// requests.
  private final class Answers extends SimpleChannelInboundHandler<FullHttpResponse> {
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
        // A server that says so has not taken what came after (RFC 9112, section 9.6).
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

  /// Sends every update of `schedules`, one task's after the other's, when it is due; complete when
  /// the last one's time has come.
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

  /// Sends what waits, on the connection that there is; without one, one after the other, so that
  /// they arrive in order.
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
    to.pipeline().get(Answers.class).await(update);
    var _ = to.writeAndFlush(node.update(update.task(), update.status()), to.voidPromise());
  }

  /// From the moment an update was sent until it was answered 200, in microseconds; to be read once
  /// all are.
  Histogram answerTimes() {
    return answerTimes;
  }

  private void fail(String why) {
    failed = new Failed(failed.updates + 1, failed.firstError == null ? why : failed.firstError);
  }

  /// Sends an update of each task of `workload` that nobody measures; gives whether all were
  /// answered within `atMost`.
  CompletableFuture<Boolean> publish(Workload workload, String status, Duration atMost) {
    return CompletableFuture.supplyAsync(() -> sendAll(workload, status), loop)
        .thenCompose(Publisher::all)
        .completeOnTimeout(false, atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  private List<CompletableFuture<@Nullable HttpResponseStatus>> sendAll(
      Workload workload, String status) {
    return IntStream.range(0, workload.tasks())
        .mapToObj(task -> send(workload.task(task), status))
        .toList();
  }

  private static CompletableFuture<Boolean> all(
      List<CompletableFuture<@Nullable HttpResponseStatus>> answers) {
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(_ -> answers.stream().allMatch(answer -> answer.join() != null));
  }

  /// What failed, once every update is answered, or after `atMost`, upon which an update without an
  /// answer has failed too.
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
