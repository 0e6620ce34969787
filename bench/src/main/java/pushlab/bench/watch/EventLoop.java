package pushlab.bench.watch;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// One thread that handles connections. Thread-safe.
final class EventLoop implements AutoCloseable {

  private static final int CONNECT_MILLIS = 10_000;
  private static final long SHORTEST_PAUSE_NANOS = 2_000_000;

  private final IoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, ioHandler());

  private static IoHandlerFactory ioHandler() {
    return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  /// A bootstrap for connections on this loop.
  Bootstrap bootstrap() {
    return new Bootstrap()
        .group(loop)
        .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS);
  }

  /// Runs `call` on the loop and returns its result.
  ///
  /// @throws InterruptedException if the thread was interrupted
  <T> T call(Callable<T> call) throws InterruptedException {
    try {
      return loop.submit(call).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /// Waits until `holds` is true, or for `atMost`; returns whether it became true. The loop
  /// evaluates `holds` less and less often, so that a long wait costs almost nothing. A wait may
  /// therefore take up to a fifth longer than needed.
  ///
  /// @throws InterruptedException if the thread was interrupted
  boolean await(BooleanSupplier holds, Duration atMost) throws InterruptedException {
    var held = new CompletableFuture<Void>();
    long since = System.nanoTime();
    loop.execute(() -> look(holds, since, held));
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

  private void look(BooleanSupplier holds, long since, CompletableFuture<Void> held) {
    if (held.isDone()) {
      return;
    }
    if (holds.getAsBoolean()) {
      held.complete(null);
      return;
    }
    long pause = Math.max(SHORTEST_PAUSE_NANOS, (System.nanoTime() - since) / 5);
    var _ = loop.schedule(() -> look(holds, since, held), pause, TimeUnit.NANOSECONDS);
  }

  /// Closes all connections and ends the thread within a second.
  @Override
  public void close() {
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
