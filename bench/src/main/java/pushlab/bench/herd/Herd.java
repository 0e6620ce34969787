package pushlab.bench.herd;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.bench.net.ServerAddress;
import pushlab.bench.net.SnapshotParser;

/// Many clients of one server, all on one thread. The methods that return something may be called
/// by any other thread.
final class Herd implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration GLANCE = Duration.ofMillis(20);

  private final IoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  private final SnapshotParser parser = new SnapshotParser();
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Tally tally = new Tally();
  private final Busy busy = new Busy();
  private final InetSocketAddress where;
  private final Habits habits;
  private final Way way;
  private final Bootstrap bootstrap;
  private final List<Client> clients;
  private @Nullable Position target;
  private @Nullable Throwable lastFailure;
  private boolean countsHolds;
  private int begun;
  private int back;

  /// A herd of so many clients. None of them is connected.
  ///
  /// @throws IOException if nothing listens at `address`
  Herd(ServerAddress address, Habits habits, int clients) throws IOException {
    this.where = address.reach();
    this.habits = habits;
    this.way = Way.of(habits.transport(), address);
    this.bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Habits.PATIENCE.toMillis());
    this.clients = Stream.generate(() -> new Client(this)).limit(clients).toList();
  }

  /// Connects all clients, a few at a time, and returns when each of them has a snapshot.
  ///
  /// @throws IOException if that takes longer than `atMost`; the message says why
  /// @throws InterruptedException if the thread was interrupted
  void connect(Duration atMost) throws IOException, InterruptedException {
    call(
        () -> {
          look();
          return null;
        });
    if (!await(this::haveAllBegun, atMost)) {
      int missing = call(() -> (int) clients.stream().filter(it -> !hasBegun(it)).count());
      throw new IOException(
          "%d of %d clients did not connect within %d s%s"
              .formatted(missing, clients.size(), atMost.toSeconds(), why()));
    }
  }

  private String why() {
    Throwable last = lastFailure;
    return last == null ? "" : ": " + last.getMessage();
  }

  private boolean haveAllBegun() {
    int ready = (int) clients.stream().limit(begun).filter(Herd::hasBegun).count();
    while (begun < clients.size() && begun - ready < Case.AT_A_TIME) {
      clients.get(begun++).tryNow();
    }
    return ready == clients.size();
  }

  private static boolean hasBegun(Client client) {
    return client.seen().version() >= 0;
  }

  /// Returns when all clients hold `version`.
  ///
  /// @throws IOException if that takes longer than `atMost`
  /// @throws InterruptedException if the thread was interrupted
  void awaitAll(Position version, Duration atMost) throws IOException, InterruptedException {
    if (!await(() -> clients.stream().allMatch(it -> it.seen().includes(version)), atMost)) {
      throw new IOException(
          "not all clients had the first update within %d s%s"
              .formatted(atMost.toSeconds(), why()));
    }
  }

  /// The event happens now, or at the moment `at` of [System#nanoTime]: from then on everything is
  /// counted.
  ///
  /// @param endsHolds whether a client is back when its hold has ended, instead of when it holds
  ///     the target
  void event(long at, boolean endsHolds) throws InterruptedException {
    call(
        () -> {
          tally.start(at);
          busy.start();
          countsHolds = endsHolds;
          return null;
        });
  }

  /// From now on a client is back if it holds `version` or something newer.
  void setTarget(Position version) throws InterruptedException {
    call(
        () -> {
          target = version;
          clients.forEach(this::received);
          return null;
        });
  }

  /// Waits until all clients are back, or for `atMost`.
  ///
  /// @return how many are back
  /// @throws InterruptedException if the thread was interrupted
  int awaitBack(Duration atMost) throws InterruptedException {
    var _ = await(() -> back == clients.size(), atMost);
    return call(() -> back);
  }

  /// What was counted so far.
  Tally.Result result() throws InterruptedException {
    return call(tally::result);
  }

  /// How much of the busiest second since the event the thread of the clients was busy.
  double busiestShare() throws InterruptedException {
    return call(busy::most);
  }

  // What clients need, on the loop.

  Tally tally() {
    return tally;
  }

  Way way() {
    return way;
  }

  ChannelFuture connect(Client client) {
    var initializer =
        new ChannelInitializer<SocketChannel>() {
          @Override
          protected void initChannel(SocketChannel connection) {
            connection.pipeline().addLast(new Ear(client));
            way.prepare(connection.pipeline(), client);
            connection.pipeline().addLast(new End(client));
          }
        };
    return bootstrap.clone().handler(initializer).connect(where);
  }

  SnapshotParser.Parsed parse(ByteBuf json) throws IOException {
    return parser.read(json);
  }

  void schedule(Runnable task, long nanos) {
    var _ = loop.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  long wait(int waits, long said) {
    return habits.reconnect().nanos(waits, said, random);
  }

  void failed(Throwable cause) {
    lastFailure = cause;
  }

  void received(Client client) {
    if (target != null && client.comesBackTo(target)) {
      back++;
      tally.back(client.seenAt());
    }
  }

  void holdEnded(Client client) {
    if (countsHolds && client.comesBack()) {
      back++;
      tally.back(System.nanoTime());
    }
  }

  private void look() {
    long now = System.nanoTime();
    long untilAnswer = habits.untilAnswer().toNanos();
    long silence = habits.silence().toNanos();
    clients.forEach(client -> client.look(now, untilAnswer, silence));
    busy.look();
    if (!loop.isShuttingDown()) {
      schedule(this::look, LOOK.toNanos());
    }
  }

  private boolean await(BooleanSupplier holds, Duration atMost) throws InterruptedException {
    var held = new CompletableFuture<Void>();
    loop.execute(() -> look(holds, held));
    try {
      held.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      held.cancel(false);
    }
  }

  private void look(BooleanSupplier holds, CompletableFuture<Void> held) {
    if (held.isDone()) {
      return;
    }
    if (holds.getAsBoolean()) {
      held.complete(null);
    } else {
      schedule(() -> look(holds, held), GLANCE.toNanos());
    }
  }

  private <T> T call(Supplier<T> call) throws InterruptedException {
    try {
      return CompletableFuture.supplyAsync(call, loop).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /// Closes all connections, and ends the thread within a second.
  @Override
  public void close() {
    loop.execute(() -> clients.forEach(Client::leave));
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
