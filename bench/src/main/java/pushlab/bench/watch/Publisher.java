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
/// has been answered (requests are pipelined on one connection, so that they arrive in order). A
/// slow server cannot slow the schedule down, which is what makes its slowness visible. Runs on an
/// event loop of its own, so that no subscriber keeps it waiting.
final class Publisher extends ChannelInitializer<SocketChannel> {

  private static final int MAX_ANSWER = 64 * 1024;

  /// Updates that were sent and came to nothing, as far as is known.
  ///
  /// @param firstError why the first of them did, or null where there is none
  record Failed(int updates, @Nullable String firstError) {}

  private final Node node;
  private final Channel channel;

  // On the event loop only. An answer is null where the connection ended without one.
  private final Queue<CompletableFuture<@Nullable HttpResponseStatus>> unanswered =
      new ArrayDeque<>();
  private final Histogram answerTimes = new Histogram(3);
  private Failed failed = new Failed(0, null);

  /// A publisher connected to `node`.
  ///
  /// @param place where it listens
  /// @param bootstrap knows the event loop and the kind of channel
  /// @throws IOException if it cannot be reached; the message says why
  /// @throws InterruptedException if the thread was interrupted while connecting
  Publisher(Node node, InetSocketAddress place, Bootstrap bootstrap)
      throws IOException, InterruptedException {
    this.node = node;
    ChannelFuture connected = bootstrap.clone().handler(this).connect(place).await();
    if (!connected.isSuccess()) {
      throw new IOException(
          Unreachable.reason(node.address(), connected.cause()), connected.cause());
    }
    this.channel = connected.channel();
  }

  @Override
  protected void initChannel(SocketChannel connection) {
    connection
        .pipeline()
        .addLast(new HttpClientCodec())
        .addLast(new HttpObjectAggregator(MAX_ANSWER))
        .addLast(new Answers());
  }

  /// Tells each update what came of it: answers come in the order of the requests.
  private final class Answers extends SimpleChannelInboundHandler<FullHttpResponse> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse answer) {
      CompletableFuture<@Nullable HttpResponseStatus> next = unanswered.poll();
      if (next != null) {
        next.complete(answer.status());
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      unanswered.forEach(answer -> answer.complete(null));
      unanswered.clear();
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
                  if (channel.isActive() && channel.isWritable()) {
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
    if (channel.isActive()) {
      unanswered.add(answer);
      var _ = channel.writeAndFlush(node.update(task, status), channel.voidPromise());
    } else {
      answer.complete(null);
    }
    return answer;
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
    return CompletableFuture.supplyAsync(() -> sendAll(workload, status), channel.eventLoop())
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
    return CompletableFuture.completedFuture(unanswered)
        .thenComposeAsync(
            left -> CompletableFuture.allOf(left.toArray(CompletableFuture[]::new)),
            channel.eventLoop())
        .completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS)
        .thenApplyAsync(_ -> failedBy(atMost), channel.eventLoop());
  }

  private Failed failedBy(Duration atMost) {
    return unanswered.isEmpty()
        ? failed
        : new Failed(
            failed.updates + unanswered.size(),
            failed.firstError == null
                ? "POST /update-status was not answered within %d s".formatted(atMost.toSeconds())
                : failed.firstError);
  }
}
