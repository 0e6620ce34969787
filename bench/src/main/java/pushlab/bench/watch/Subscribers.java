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

/// The subscribers of a workload and their connections. All are on one event loop, so that counting
/// needs no lock, and the instrument uses at most one core for them. Methods marked "on the loop"
/// must be called by the loop's thread.
final class Subscribers {

  private static final int CONNECTING_AT_ONCE = 100;
  private static final int MAX_SNAPSHOT = 64 * 1024;
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(30);

  private final Target target;
  private final List<InetSocketAddress> places;
  private final WatchLoad workload;
  private final EventLoop loop;
  private final Counters counters;
  private final Bootstrap bootstrap;
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final List<SubscriberLink> links = new ArrayList<>();

  /// Subscribers that are not connected yet.
  ///
  /// @param places the socket address of each node of `target`
  /// @param counters what all of them count in
  Subscribers(
      Target target,
      List<InetSocketAddress> places,
      WatchLoad workload,
      EventLoop loop,
      Counters counters) {
    this.target = target;
    this.places = List.copyOf(places);
    this.workload = workload;
    this.loop = loop;
    this.counters = counters;
    this.bootstrap = loop.bootstrap();
  }

  /// Connects all subscribers and waits until each has a snapshot. Returns how long that took, in
  /// milliseconds.
  ///
  /// @throws IOException if they cannot all be connected within 30 s; the message says why
  /// @throws InterruptedException if the thread was interrupted
  double connect() throws IOException, InterruptedException {
    long start = System.nanoTime();
    loop.call(
        () -> {
          for (int i = 0; i < Math.min(CONNECTING_AT_ONCE, workload.clients()); i++) {
            connectNext();
          }
          return links;
        });
    loop.await(
        () -> counters.ready == workload.clients() || counters.errors + counters.disconnects > 0,
        CONNECT_PATIENCE);
    int ready = loop.call(() -> counters.ready);
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
    return (loop.call(() -> counters.lastReady) - start) / 1e6;
  }

  private String whyNotReady() {
    if (counters.firstError != null) {
      return counters.firstError;
    }
    return counters.disconnects > 0
        ? "the server closed a connection"
        : "the others had no snapshot within %d s".formatted(CONNECT_PATIENCE.toSeconds());
  }

  private void connectNext() {
    if (links.size() == workload.clients() || counters.errors > 0) {
      return;
    }
    var link = new SubscriberLink(links.size());
    links.add(link);
    link.connect(link.clients(), this::connectNext);
  }

  /// The link of one subscriber.
  private final class SubscriberLink implements Link {
    private final Node node;
    private final InetSocketAddress where;
    private final Subscriber subscriber;
    private @Nullable Channel channel;
    private boolean between;

    /// The link of subscriber `number`.
    SubscriberLink(int number) {
      int place = workload.node(number, target.nodes().size());
      this.node = target.nodes().get(place);
      this.where = places.get(place);
      this.subscriber = new Subscriber(counters, workload, number % workload.tasks(), place);
      subscribers.add(subscriber);
    }

    /// The handlers of the first connection.
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
        case NDJSON_STREAM ->
            handlers(
                new NdjsonStreamClient(node, subscriber, PooledByteBufAllocator.DEFAULT.buffer()));
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
      if (counters.leaving) {
        return;
      }
      between = true;
      ChannelFuture connecting = bootstrap.clone().handler(pipeline(clients)).connect(where);
      channel = connecting.channel();
      connecting.addListener(
          (ChannelFuture connected) -> {
            between = false;
            if (connected.isSuccess()) {
              counters.connections++;
              then.run();
            } else {
              counters.error(Unreachable.reason(node.address(), connected.cause()));
            }
          });
    }

    private ChannelHandler pipeline(ChannelHandler[] clients) {
      return new ChannelInitializer<SocketChannel>() {
        @Override
        protected void initChannel(SocketChannel connection) {
          connection
              .pipeline()
              .addLast(new ByteCounter(counters), new HttpClientCodec())
              .addLast(clients)
              .addLast(new Failures(counters));
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

    /// Whether the subscriber is connected or about to be.
    boolean isThere() {
      return (between && !counters.leaving) || (channel != null && channel.isActive());
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

  /// On the loop: all subscribers.
  List<Subscriber> all() {
    return subscribers;
  }

  /// On the loop: whether each subscriber has the last accepted update of its task.
  boolean haveAll(List<Schedule> schedules) {
    return subscribers.stream().allMatch(subscriber -> subscriber.hasAll(schedules));
  }

  /// On the loop: whether every connection is closed and none is being opened.
  boolean haveLeft() {
    return links.stream().noneMatch(SubscriberLink::isThere);
  }

  /// On the loop: shuts down the output of every connection. The server then closes its end, once
  /// it has removed the subscriber.
  void leave() {
    links.forEach(SubscriberLink::leave);
  }

  /// On the loop: the same for one connection.
  static void leave(Channel channel) {
    if (channel instanceof DuplexChannel connection) {
      var _ = connection.shutdownOutput();
    }
  }

  /// On the loop: closes the connections that are still open.
  void close() {
    links.forEach(SubscriberLink::close);
  }
}
