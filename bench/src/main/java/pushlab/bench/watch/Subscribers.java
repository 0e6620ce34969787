package pushlab.bench.watch;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import pushlab.bench.net.ProxySetting;
import pushlab.report.result.Transport;

/// The subscribers of a workload and their connections. All are on one event loop, so that counting
/// needs no lock, and the instrument uses at most one core for them. Methods marked "on the loop"
/// must be called by the loop's thread.
final class Subscribers {

  private static final int MAX_SNAPSHOT = 64 * 1024;

  private final Target target;
  private final List<InetSocketAddress> places;
  private final WatchLoad workload;
  private final Loop loop;
  private final Counters counters;
  private final Patience patience;
  private final PollLink.Shared shared;
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();

  /// Subscribers that are not connected yet.
  ///
  /// @param places the socket address of each node of `target`
  /// @param counters what all of them count in
  /// @param patience how long they may take to connect
  Subscribers(
      Target target,
      List<InetSocketAddress> places,
      WatchLoad workload,
      Loop loop,
      Counters counters,
      Patience patience) {
    this.target = target;
    this.places = List.copyOf(places);
    this.workload = workload;
    this.loop = loop;
    this.counters = counters;
    this.patience = patience;
    this.shared = new PollLink.Shared(patience.oneConnection());
  }

  /// Connects all subscribers and waits until each has a snapshot. Returns how long that took, in
  /// milliseconds.
  ///
  /// @throws IOException if they cannot all be connected in time; the message says why
  /// @throws InterruptedException if the thread was interrupted
  double connect() throws IOException, InterruptedException {
    long start = System.nanoTime();
    loop.call(
        () -> {
          for (int i = 0; i < Math.min(Patience.CONNECTING_AT_ONCE, workload.clients()); i++) {
            connectNext();
          }
          return links;
        });
    loop.await(
        () -> counters.ready == workload.clients() || counters.errors + counters.disconnects > 0,
        patience.allConnections());
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
    if (counters.disconnects > 0) {
      return "the server closed a connection";
    }
    String late =
        "the others had no snapshot within %d s".formatted(patience.allConnections().toSeconds());
    return isStream()
        ? "%s: the server, or a proxy in between, collects the answer (%s)"
            .formatted(late, ProxySetting.COLLECT_NOTHING.ofAll())
        : late;
  }

  private boolean isStream() {
    return switch (workload.transport()) {
      case SERVER_SENT_EVENTS, NDJSON_STREAM -> true;
      case SHORT_POLLING, LONG_POLLING, WEBSOCKET -> false;
    };
  }

  private void connectNext() {
    if (links.size() == workload.clients() || counters.errors > 0) {
      return;
    }
    Link link = link(links.size());
    links.add(link);
    link.start(this::connectNext);
  }

  /// The link of a new subscriber.
  private Link link(int number) {
    int place = workload.node(number, target.nodes().size());
    Node node = target.nodes().get(place);
    InetSocketAddress where = places.get(place);
    var subscriber = new Subscriber(counters, workload, number % workload.tasks(), place);
    subscribers.add(subscriber);
    return switch (loop) {
      case SelectorLoop polls ->
          new PollLink(node, where, polls, shared, counters, polling(node, subscriber));
      case NettyLoop streams ->
          new StreamLink(
              node,
              where,
              streams.bootstrap(patience.oneConnection()),
              counters,
              stream(node, subscriber));
    };
  }

  private PollingClient polling(Node node, Subscriber subscriber) {
    return workload.transport() == Transport.LONG_POLLING
        ? new LongPollingClient(node, subscriber)
        : new ShortPollingClient(node, subscriber, workload.pollInterval());
  }

  private ChannelHandler[] stream(Node node, Subscriber subscriber) {
    return switch (workload.transport()) {
      case SERVER_SENT_EVENTS ->
          handlers(
              new HttpResponseDecoder(),
              new ServerSentEventsClient(
                  node, subscriber, PooledByteBufAllocator.DEFAULT.buffer()));
      case NDJSON_STREAM ->
          handlers(
              new HttpResponseDecoder(),
              new NdjsonStreamClient(node, subscriber, PooledByteBufAllocator.DEFAULT.buffer()));
      case WEBSOCKET ->
          handlers(
              new HttpClientCodec(),
              new HttpObjectAggregator(MAX_SNAPSHOT),
              WebSocketClient.upgrade(node, subscriber),
              new WebSocketClient(subscriber));
      case SHORT_POLLING, LONG_POLLING -> throw new IllegalStateException("asks more than once");
    };
  }

  private static ChannelHandler[] handlers(ChannelHandler... handlers) {
    return handlers;
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
    return links.stream().noneMatch(Link::isThere);
  }

  /// On the loop: shuts down the output of every connection. The server then closes its end, once
  /// it has removed the subscriber.
  void leave() {
    links.forEach(Link::leave);
  }

  /// On the loop: closes the connections that are still open.
  void close() {
    links.forEach(Link::close);
  }
}
