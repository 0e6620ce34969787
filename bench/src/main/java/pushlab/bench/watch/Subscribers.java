package pushlab.bench.watch;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();

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
  }

  /// Connects all, waits until each holds a snapshot, and says how long that took, in milliseconds.
  ///
  /// @throws IOException if they cannot all be connected within 30 s; the message says why
  /// @throws InterruptedException if the thread was interrupted meanwhile
  double connect() throws IOException, InterruptedException {
    long start = System.nanoTime();
    Bootstrap bootstrap = loop.bootstrap();
    loop.call(
        () -> {
          for (int i = 0; i < Math.min(CONNECTING_AT_ONCE, workload.clients()); i++) {
            connectNext(bootstrap);
          }
          return channels;
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

  private void connectNext(Bootstrap bootstrap) {
    if (channels.size() == workload.clients() || tally.errors > 0) {
      return;
    }
    var next = new Pipeline(channels.size());
    var connecting = bootstrap.clone().handler(next).connect(places.get(next.place));
    channels.add(connecting.channel());
    connecting.addListener(
        (ChannelFuture connected) -> {
          if (connected.isSuccess()) {
            connectNext(bootstrap);
          } else {
            tally.error(Unreachable.reason(next.node.address(), connected.cause()));
          }
        });
  }

  /// One subscriber's connection.
  private final class Pipeline extends ChannelInitializer<SocketChannel> {
    private final int task;
    private final int place;
    private final Node node;

    /// That of subscriber `number`.
    Pipeline(int number) {
      this.task = number % workload.tasks();
      this.place = workload.node(number, target.nodes().size());
      this.node = target.nodes().get(place);
    }

    @Override
    protected void initChannel(SocketChannel connection) {
      var subscriber = new Subscriber(tally, workload, task, place);
      subscribers.add(subscriber);
      ChannelPipeline pipeline =
          connection.pipeline().addLast(new ByteCounter(tally), new HttpClientCodec());
      switch (workload.transport()) {
        case SHORT_POLLING ->
            pipeline.addLast(
                new HttpObjectAggregator(MAX_SNAPSHOT),
                new ShortPollingClient(node, subscriber, workload.pollInterval()));
        case LONG_POLLING ->
            pipeline.addLast(
                new HttpObjectAggregator(MAX_SNAPSHOT), new LongPollingClient(node, subscriber));
        case SERVER_SENT_EVENTS ->
            pipeline.addLast(
                new ServerSentEventsClient(node, subscriber, connection.alloc().buffer()));
        case WEBSOCKET ->
            pipeline.addLast(
                new HttpObjectAggregator(MAX_SNAPSHOT),
                WebSocketClient.upgrade(node, subscriber),
                new WebSocketClient(subscriber));
      }
      pipeline.addLast(new Failures(tally));
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

  /// On the loop: whether no connection is left.
  boolean haveLeft() {
    return channels.stream().noneMatch(Channel::isActive);
  }

  /// On the loop: says on every connection that nothing more will be asked; a server that hears it
  /// closes its end once it has forgotten the client.
  void leave() {
    channels.forEach(Subscribers::leave);
  }

  /// On the loop: the same on one of them.
  static void leave(Channel channel) {
    if (channel instanceof DuplexChannel connection) {
      var _ = connection.shutdownOutput();
    }
  }

  /// On the loop: ends every connection that the server has not.
  void close() {
    for (Channel channel : channels) {
      var _ = channel.close();
    }
  }
}
