package pushlab.server.net;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocket;
import pushlab.server.admin.Origins;
import pushlab.server.transport.OpeningHandshake;
import pushlab.server.transport.WebSocketPush;

/// The connections that are open: which protocol each speaks, and that none goes beyond its bounds.
/// HTTP/2 is for those that agree on it within TLS (RFC 7301), as browsers do; in clear text there
/// is HTTP/1.1 alone. Thread-safe.
public final class Connections implements AutoCloseable {

  private static final long A_MOMENT = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long FAREWELL = TimeUnit.SECONDS.toNanos(1);

  private volatile Bounds bounds;
  private volatile boolean stopping;
  private final ServerConnectionSelector http1;
  private final AtomicInteger open = new AtomicInteger();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final SecondsClock clock = new SecondsClock();
  private final Handshakes handshakes = new Handshakes(clock);
  private final Thread looking =
      Thread.ofPlatform().daemon().name("connections").unstarted(this::run);

  /// Connections of which those by HTTP/1.1 may be upgraded to `webSockets`, but not by pages of
  /// other sites than `origins`; `upgrades` is told of each.
  public Connections(Bounds bounds, WebSocketPush webSockets, Origins origins, Upgrades upgrades) {
    this.bounds = bounds;
    this.http1 =
        Http1ConnectionSelector.builder()
            .config(http1(bounds))
            .addUpgrader(new WebSocketUpgrade(webSockets, bounds.messageBytes(), origins, upgrades))
            .build();
    looking.start();
  }

  private Http1Config http1(Bounds bounds) {
    return Http1Config.builder()
        // What a request may be is for Requests to say, which has read it before Helidon does.
        .maxPrologueLength(2 * bounds.headerBytes())
        .maxHeadersSize(2 * bounds.headerBytes())
        .validatePrologue(false)
        .validateRequestHeaders(false)
        .addReceiveListener(
            new Http1ConnectionListener() {
              @Override
              public void headers(ConnectionContext context, Headers headers) {
                LineContext.requested(context, headers);
                // Helidon hands over the headers that it will route by.
                if (headers instanceof WritableHeaders<?> writable) {
                  OpeningHandshake.normalize(writable);
                  Conditions.normalize(writable);
                }
              }
            })
        .addSendListener(
            new Http1ConnectionListener() {
              @Override
              public void headers(ConnectionContext context, Headers headers) {
                LineContext.answering(context, headers);
                if (stopping && headers instanceof WritableHeaders<?> answer) {
                  answer.set(HeaderValues.CONNECTION_CLOSE);
                }
              }
            })
        .build();
  }

  /// How many are open now, from the first byte that may be read to the last.
  public int open() {
    return open.get();
  }

  /// How many requests have begun to arrive and are not whole.
  public long arriving() {
    return connections.stream().map(Connection::line).filter(Line::isArriving).count();
  }

  /// How many are read by a look-ahead now, since their handlers have not read for long.
  public long lookingAhead() {
    return connections.stream().map(Connection::line).filter(Line::isReadAhead).count();
  }

  /// How many may be accepted at once: those that are served, and some that are told that they are
  /// too many.
  int mostAccepted() {
    return bounds.connections() + bounds.refusals();
  }

  /// Does the TLS handshake on `socket`, by the thread that is to handle it.
  ///
  /// @throws IOException if that fails, or takes too long
  void shakeHands(SSLSocket socket) throws IOException {
    handshakes.on(socket);
  }

  /// The connection that was accepted, to be handled by this thread.
  Connection connection(Accepted accepted) {
    HelidonSocket socket = accepted.serverSocket();
    return socket.protocolNegotiated() && Handshakes.agreedOnHttp2(socket.protocol())
        ? http2(accepted)
        : http1(accepted);
  }

  private Connection http1(Accepted accepted) {
    var context = LineContext.http1(accepted, clock, bounds.headerBytes());
    return hasRoom()
        ? connection(accepted, context, http1.connection(context), context::leavesBytesUnread)
        : connection(accepted, context, Refusal.http1(context), () -> true);
  }

  private Connection http2(Accepted accepted) {
    var streams = new Http2Streams(clock);
    var context = LineContext.http2(accepted, clock, streams);
    return connection(
        accepted,
        context,
        hasRoom() ? new Http2Connection(context, streams, bounds) : Refusal.http2(context),
        () -> true);
  }

  private Connection connection(
      Accepted accepted,
      LineContext context,
      ServerConnection protocol,
      BooleanSupplier leavesBytesUnread) {
    Line line = context.line();
    var linger = new Linger(accepted.socket(), line, clock, leavesBytesUnread);
    return new Connection(this, line, protocol, linger);
  }

  private boolean hasRoom() {
    return open.get() < bounds.connections();
  }

  void opened(Connection connection) {
    open.incrementAndGet();
    connections.add(connection);
  }

  void closed(Connection connection) {
    connections.remove(connection);
    open.decrementAndGet();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      clock.tick();
      handshakes.look(bounds);
      connections.forEach(connection -> connection.look(bounds));
      if (clock.now() % bounds.idleCheckSeconds() == 0) {
        connections.forEach(connection -> connection.endIfIdleFor(bounds.idle()));
      }
    }
  }

  /// From now on each answer is the last on its connection, and clients are given less time. TLS
  /// handshakes and connections without a request end at once.
  public void stop() {
    stopping = true;
    bounds = bounds.whileStopping();
    handshakes.end();
    connections.forEach(Connection::endIfUnused);
  }

  /// Returns once all connections have ended. Those that are left after `grace`, or a second after
  /// everything is `delivered`, are closed as they are, which takes up to half a second more.
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
    end = System.nanoTime() + FAREWELL / 2;
    while (open() > 0 && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(A_MOMENT);
    }
  }

  /// Looks after them no more.
  @Override
  public void close() {
    looking.interrupt();
  }
}
