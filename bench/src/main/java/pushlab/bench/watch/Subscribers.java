package pushlab.bench.watch;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.bench.net.Unreachable;

/// The subscribers of a workload and their connections. They live on one event loop, so counting
/// needs no lock, and on two cores the instrument takes no more than one. What is said to be on the
/// loop is for its thread alone.
final class Subscribers {

  private static final int CONNECTING_AT_ONCE = 100;
  private static final int MAX_SNAPSHOT = 64 * 1024;
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(30);

  private final Target target;
  private final List<InetSocketAddress> places;
  private final Workload workload;
  private final EventLoop loop;
  private final Tally tally;
  private final Bootstrap bootstrap;
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final List<Connected> lines = new ArrayList<>();

  /// None is connected yet.
  ///
  /// @param places where each node of `target` listens
  /// @param tally where all of them count
  Subscribers(
      Target target,
      List<InetSocketAddress> places,
      Workload workload,
      EventLoop loop,
      Tally tally) {
    this.target = target;
    this.places = List.copyOf(places);
    this.workload = workload;
    this.loop = loop;
    this.tally = tally;
    this.bootstrap = loop.bootstrap();
  }

  /// Connects all, waits until each holds a snapshot, and says how long that took, in milliseconds.
  ///
  /// @throws IOException if they cannot all be connected within 30 s; the message says why
  /// @throws InterruptedException if the thread was interrupted meanwhile
  double connect() throws IOException, InterruptedException {
    long start = System.nanoTime();
    loop.call(
        () -> {
          for (int i = 0; i < Math.min(CONNECTING_AT_ONCE, workload.clients()); i++) {
            connectNext();
          }
          return lines;
        });
    loop.await(
        () -> tally.ready == workload.clients() || tally.errors + tally.disconnects > 0,
        CONNECT_PATIENCE);
    int ready = loop.call(() -> tally.ready);
    if (ready < workload.clients()) {
      throw new IOException(
          "%d of %d subscribers connected to %s by %s: %s"
              .formatted(
                  ready,
                  workload.clients(),
                  target,
                  workload.transport(),
                  loop.call(this::whyNotReady)));
    }
    return (loop.call(() -> tally.lastReady) - start) / 1e6;
  }

  private String whyNotReady() {
    if (tally.firstError != null) {
      return tally.firstError;
    }
    return tally.disconnects > 0
        ? "the server closed a connection"
        : "the others had no snapshot within %d s".formatted(CONNECT_PATIENCE.toSeconds());
  }

  private void connectNext() {
    if (lines.size() == workload.clients() || tally.errors > 0) {
      return;
    }
    var line = new Connected(lines.size());
    lines.add(line);
    line.connect(line.clients(), this::connectNext);
  }

  /// One subscriber's connection, and those that follow it.
  private final class Connected implements Line {
    private final Node node;
    private final InetSocketAddress where;
    private final Subscriber subscriber;
    private @Nullable Channel channel;
    private boolean between;

    /// That of subscriber `number`.
    Connected(int number) {
      int place = workload.node(number, target.nodes().size());
      this.node = target.nodes().get(place);
      this.where = places.get(place);
      this.subscriber = new Subscriber(tally, workload, number % workload.tasks(), place);
      subscribers.add(subscriber);
    }

    /// What asks at first.
    ChannelHandler[] clients() {
      var whole = new HttpObjectAggregator(MAX_SNAPSHOT);
      return switch (workload.transport()) {
        case SHORT_POLLING ->
            handlers(
                whole, new ShortPollingClient(node, subscriber, this, workload.pollInterval()));
        case LONG_POLLING -> handlers(whole, new LongPollingClient(node, subscriber, this));
        case SERVER_SENT_EVENTS ->
            handlers(
                new ServerSentEventsClient(
                    node, subscriber, PooledByteBufAllocator.DEFAULT.buffer()));
        case WEBSOCKET ->
            handlers(
                whole, WebSocketClient.upgrade(node, subscriber), new WebSocketClient(subscriber));
      };
    }

    private static ChannelHandler[] handlers(ChannelHandler... handlers) {
      return handlers;
    }

    @Override
    public void connect(ChannelHandler client) {
      connect(handlers(new HttpObjectAggregator(MAX_SNAPSHOT), client), () -> {});
    }

    private void connect(ChannelHandler[] clients, Runnable then) {
      if (tally.leaving) {
        return;
      }
      between = true;
      ChannelFuture connecting = bootstrap.clone().handler(pipeline(clients)).connect(where);
      channel = connecting.channel();
      connecting.addListener(
          (ChannelFuture connected) -> {
            between = false;
            if (connected.isSuccess()) {
              tally.connections++;
              then.run();
            } else {
              tally.error(Unreachable.reason(node.address(), connected.cause()));
            }
          });
    }

    private ChannelHandler pipeline(ChannelHandler[] clients) {
      return new ChannelInitializer<SocketChannel>() {
        @Override
        protected void initChannel(SocketChannel connection) {
          connection
              .pipeline()
              .addLast(new ByteCounter(tally), new HttpClientCodec())
              .addLast(clients)
              .addLast(new Failures(tally));
        }
      };
    }

    @Override
    public void end() {
      between = true;
      if (channel != null) {
        if (channel.pipeline().get(Failures.class) != null) {
          channel.pipeline().remove(Failures.class);
        }
        var _ = channel.close();
      }
    }

    /// Whether the subscriber is connected, or about to be.
    boolean isThere() {
      return (between && !tally.leaving) || (channel != null && channel.isActive());
    }

    void leave() {
      if (channel != null) {
        Subscribers.leave(channel);
      }
    }

    void close() {
      if (channel != null) {
        var _ = channel.close();
      }
    }
  }

  /// On the loop: each of them.
  List<Subscriber> all() {
    return subscribers;
  }

  /// On the loop: whether each shows the last update of its task, as far as those are taken.
  boolean haveAll(List<Schedule> schedules) {
    return subscribers.stream().allMatch(subscriber -> subscriber.hasAll(schedules));
  }

  /// On the loop: whether no connection is left, nor another one to come.
  boolean haveLeft() {
    return lines.stream().noneMatch(Connected::isThere);
  }

  /// On the loop: says on every connection that nothing more will be asked; a server that hears it
  /// closes its end once it has forgotten the client.
  void leave() {
    lines.forEach(Connected::leave);
  }

  /// On the loop: the same on one of them.
  static void leave(Channel channel) {
    if (channel instanceof DuplexChannel connection) {
      var _ = connection.shutdownOutput();
    }
  }

  /// On the loop: ends every connection that the server has not.
  void close() {
    lines.forEach(Connected::close);
  }
}
