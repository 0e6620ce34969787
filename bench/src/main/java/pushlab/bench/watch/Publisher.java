package pushlab.bench.watch;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Publishes on an open schedule: each update is sent when it is due, whether or not the one before
/// has been answered (requests are pipelined on one connection, so that they arrive in order). A
/// slow server cannot slow the schedule down, which is what makes its slowness visible. Runs on an
/// event loop of its own, so that no subscriber keeps it waiting.
final class Publisher extends ChannelInitializer<SocketChannel> {

  private static final int MAX_ANSWER = 64 * 1024;

  private final Target target;
  private final Channel channel;

  // On the event loop only.
  private int answered;
  private int refused;

  /// A publisher connected to `target`.
  ///
  /// @param bootstrap knows the event loop and the kind of channel
  /// @throws InterruptedException if the thread was interrupted while connecting
  Publisher(Target target, Bootstrap bootstrap) throws InterruptedException {
    this.target = target;
    this.channel = bootstrap.clone().handler(this).connect(target.socketAddress()).sync().channel();
  }

  @Override
  protected void initChannel(SocketChannel connection) {
    connection
        .pipeline()
        .addLast(new HttpClientCodec())
        .addLast(new HttpObjectAggregator(MAX_ANSWER))
        .addLast(
            new SimpleChannelInboundHandler<FullHttpResponse>() {
              @Override
              protected void channelRead0(ChannelHandlerContext context, FullHttpResponse answer) {
                answered++;
                refused += answer.status().code() == 200 ? 0 : 1;
              }
            });
  }

  /// Sends every update of `schedule` when it is due; complete when the last one's time has come.
  CompletableFuture<Void> publish(Schedule schedule) {
    var done = new CompletableFuture<Void>();
    scheduleNext(schedule, 0, done);
    return done;
  }

  private void scheduleNext(Schedule schedule, int update, CompletableFuture<Void> done) {
    if (update == schedule.updates()) {
      done.complete(null);
      return;
    }
    var _ =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  if (channel.isActive() && channel.isWritable()) {
                    schedule.markSent(update);
                    send(schedule.status(update));
                  }
                  scheduleNext(schedule, update + 1, done);
                },
                schedule.due(update) - System.nanoTime(),
                TimeUnit.NANOSECONDS);
  }

  /// Sends an update at once that nobody measures; complete when it is answered or cannot be.
  CompletableFuture<Void> publish(String status) {
    var done = new CompletableFuture<Void>();
    channel
        .eventLoop()
        .execute(
            () -> {
              int before = answered;
              send(status);
              awaitAnswer(before + 1, done);
            });
    return done;
  }

  private void awaitAnswer(int count, CompletableFuture<Void> done) {
    if (answered >= count || !channel.isActive()) {
      done.complete(null);
    } else {
      var _ =
          channel.eventLoop().schedule(() -> awaitAnswer(count, done), 1, TimeUnit.MILLISECONDS);
    }
  }

  private void send(String status) {
    var _ = channel.writeAndFlush(target.update(status), channel.voidPromise());
  }

  /// How many updates the server has refused so far.
  CompletableFuture<Integer> refused() {
    return CompletableFuture.supplyAsync(() -> refused, channel.eventLoop());
  }
}
