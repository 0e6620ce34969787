package pushlab.server.net;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import pushlab.server.http.GivenUp;
import pushlab.server.http.Origins;
import pushlab.server.net.http1.Http1Protocol;
import pushlab.server.net.http1.Requests;
import pushlab.server.net.http2.Http2Connection;
import pushlab.server.net.http2.Http2Streams;
import pushlab.server.net.line.Accepted;
import pushlab.server.net.line.Bounds;
import pushlab.server.net.line.Exchanges;
import pushlab.server.net.line.Incoming;
import pushlab.server.net.line.Line;
import pushlab.server.net.line.LineContext;
import pushlab.server.net.line.Linger;
import pushlab.server.net.line.SecondsClock;
import pushlab.server.net.loop.EventLoop;
import pushlab.server.net.loop.EventLoops;
import pushlab.server.net.loop.GivenBack;
import pushlab.server.net.loop.Owner;
import pushlab.server.net.websocket.Upgrades;
import pushlab.server.net.websocket.WebSocketUpgrade;
import pushlab.server.transport.AsData;
import pushlab.server.transport.Held;
import pushlab.server.transport.HeldPolls;
import pushlab.server.transport.WebSocketPush;

/// The open connections. Each speaks one protocol and stays within the bounds. A connection speaks
/// HTTP/2 if client and server agree on it in the TLS handshake (RFC 7301), as browsers do. In
/// clear text there is only HTTP/1.1. Thread-safe.
public final class Connections implements AutoCloseable {

  private static final long A_MOMENT = TimeUnit.MILLISECONDS.toNanos(20);
  private static final byte[] NOTHING = {};
  private static final long FAREWELL = TimeUnit.SECONDS.toNanos(1);

  private volatile Bounds bounds;
  private volatile boolean stopping;
  private final WebSocketUpgrade webSockets;
  private final Http1Protocol http1;
  private final GivenUp givenUp;
  private final Optional<HeldPolls> polls;
  private final EventLoops loops;
  private final AtomicInteger open = new AtomicInteger();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final SecondsClock clock = new SecondsClock();
  private final Handshakes handshakes = new Handshakes(clock);
  private final Thread looking =
      Thread.ofPlatform().daemon().name("connections").unstarted(this::run);

  /// Connections within `bounds`. A request by HTTP/1.1 may upgrade its connection to one of
  /// `webSockets`, unless `origins` refuses the page that sent it.
  ///
  /// @param upgrades is told of each such upgrade
  /// @param givenUp is told of each request by HTTP/2 whose client has gone
  /// @param polls holds polls as data; empty if all subscribers wait in threads
  public Connections(
      Bounds bounds,
      WebSocketPush webSockets,
      Origins origins,
      Upgrades upgrades,
      GivenUp givenUp,
      Optional<HeldPolls> polls) {
    this.bounds = bounds;
    this.givenUp = givenUp;
    this.polls = polls;
    this.loops =
        new EventLoops(polls.map(held -> () -> new EventLoop(held, bounds.headerBytes(), clock)));
    this.webSockets = new WebSocketUpgrade(webSockets, bounds.messageBytes(), origins, upgrades);
    this.http1 = new Http1Protocol(bounds.headerBytes(), this.webSockets, () -> stopping);
    looking.start();
  }

  /// How many connections are open now, from the first byte to the last.
  public int open() {
    return open.get();
  }

  /// How many requests have begun to arrive and are not complete.
  public long arriving() {
    return connections.stream().map(Connection::line).filter(Line::isArriving).count();
  }

  /// How many connections a look-ahead reads now, because their handlers have not read for a while.
  public long lookingAhead() {
    return connections.stream().map(Connection::line).filter(Line::isReadAhead).count();
  }

  /// Whether a connection has to be a channel, since a loop may serve it.
  boolean needChannels() {
    return polls.isPresent();
  }

  /// How many connections the loops serve now.
  public int onLoop() {
    return loops.connections();
  }

  /// How many connections may be open at once: those that are served, and some more that are
  /// refused.
  int mostAccepted() {
    return bounds.connections() + bounds.refusals();
  }

  /// Does the TLS handshake on `socket`, in the thread that will handle the connection.
  ///
  /// @throws IOException if it fails or takes too long
  void shakeHands(SSLSocket socket) throws IOException {
    handshakes.on(socket);
  }

  /// A connection has been accepted.
  void begun() {
    open.incrementAndGet();
  }

  /// A connection that had [#begun] has ended.
  void ended() {
    open.decrementAndGet();
  }

  /// Handles a connection that has [#begun], and returns when its thread can end.
  ///
  /// @param requests limits the requests that are answered at once
  /// @param back what the loop gave it back with; null if it was just accepted
  /// @return how its subscriber waits as data from now on; null if the connection has ended
  @Nullable AsData handle(Accepted accepted, Limit requests, @Nullable GivenBack back)
      throws InterruptedException {
    Connection connection = connection(accepted, back);
    connection.line().handledByThisThread();
    connections.add(connection);
    try {
      return connection.handle(requests);
    } finally {
      connections.remove(connection);
    }
  }

  /// Gives a connection to a loop. No thread may use `socket` meanwhile.
  ///
  /// @param owner gets the connection back, or is told of its end
  void goOn(SocketChannel socket, AsData data, Owner owner) {
    loops.loop(data).take(socket, data, owner);
  }

  /// Wakes each loop that has something to do.
  public void wakeLoops() {
    loops.forEach(EventLoop::wake);
  }

  private Connection connection(Accepted accepted, @Nullable GivenBack back) {
    HelidonSocket socket = accepted.helidon();
    var line = new Line(socket, clock);
    return socket.protocolNegotiated() && Handshakes.agreedOnHttp2(socket.protocol())
        ? http2(accepted, line)
        : http1(accepted, line, back);
  }

  private Connection http1(Accepted accepted, Line line, @Nullable GivenBack back) {
    byte[] arrived = back == null ? NOTHING : back.arrived();
    boolean hasChannel = accepted.socket().getChannel() != null;
    Optional<HeldPolls> asData = hasChannel ? polls : Optional.empty();
    var requests = new Requests(line, bounds.headerBytes(), arrived, asData);
    var context =
        new LineContext(
            accepted, line, new Incoming(requests), accepted.served().executor(), requests);
    Optional<Held> held = back == null ? Optional.empty() : back.held();
    if (held.isPresent()) {
      ServerConnection webSocket = webSockets.inThread(context, held.get());
      return connection(accepted, line, webSocket, requests);
    }
    return back != null || hasRoom()
        ? connection(accepted, line, http1.connection(context), requests)
        : connection(accepted, line, Refusal.http1(context), Exchanges.UNREAD);
  }

  private Connection http2(Accepted accepted, Line line) {
    line.carriesFrames();
    var streams = new Http2Streams(clock, givenUp);
    var in = new Incoming(streams.readingAlong(line::read));
    var context = new LineContext(accepted, line, in, streams.threads(), Exchanges.UNREAD);
    ServerConnection protocol =
        hasRoom() ? new Http2Connection(context, streams, bounds) : Refusal.http2(context);
    return connection(accepted, line, protocol, Exchanges.UNREAD);
  }

  private Connection connection(
      Accepted accepted, Line line, ServerConnection protocol, Exchanges exchanges) {
    var linger = new Linger(accepted.socket(), line, clock, exchanges::leaveBytesUnread);
    return new Connection(line, protocol, linger);
  }

  private boolean hasRoom() {
    return open.get() <= bounds.connections();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      clock.tick();
      handshakes.look(bounds);
      connections.forEach(connection -> connection.look(bounds));
      loops.forEach(loop -> loop.look(bounds));
      if (clock.now() % bounds.idleCheckSeconds() == 0) {
        connections.forEach(connection -> connection.endIfIdleFor(bounds.idle()));
        loops.forEach(loop -> loop.endIdle(bounds));
      }
    }
  }

  /// Begins to stop. From now on each answer is the last on its connection, and clients have less
  /// time. TLS handshakes and connections without a request end at once.
  public void stop() {
    stopping = true;
    bounds = bounds.whileStopping();
    handshakes.end();
    connections.forEach(Connection::endIfUnused);
    loops.forEach(EventLoop::stop);
  }

  /// Returns when all connections have ended. Connections that are left after `grace`, or a second
  /// after everything is `delivered`, are cut. That takes up to half a second more.
  public void awaitEnd(BooleanSupplier delivered, Duration grace) {
    long end = System.nanoTime() + grace.toNanos();
    boolean isDelivered = false;
    while (open() > 0 && System.nanoTime() - end < 0) {
      connections.forEach(Connection::endIfUnused);
      if (!isDelivered && delivered.getAsBoolean()) {
        isDelivered = true;
        end = Math.min(end, System.nanoTime() + FAREWELL);
      }
      LockSupport.parkNanos(A_MOMENT);
    }
    connections.forEach(Connection::end);
    loops.forEach(EventLoop::end);
    end = System.nanoTime() + FAREWELL / 2;
    while (open() > 0 && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(A_MOMENT);
    }
  }

  /// Stops looking after the connections.
  @Override
  public void close() {
    looking.interrupt();
    loops.forEach(EventLoop::close);
  }
}
