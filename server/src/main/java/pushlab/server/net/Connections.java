package pushlab.server.net;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.tls.Tls;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import pushlab.server.admin.Origins;
import pushlab.server.transport.OpeningHandshake;
import pushlab.server.transport.WebSocketPush;

/// The connections that are open: which protocol each speaks, and that none goes beyond its bounds.
/// HTTP/2 is for those that agree on it within TLS (RFC 7301), as browsers do; in clear text there
/// is HTTP/1.1 alone. Thread-safe.
public final class Connections implements ServerConnectionSelector, AutoCloseable {

  private static final String HTTP_2 = "h2";

  /// How many more connections than are served may be open, to be told so.
  private static final int REFUSALS = 64;

  private final Bounds bounds;
  private final ServerConnectionSelector http1;
  private final AtomicInteger open = new AtomicInteger();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final SecondsClock clock = new SecondsClock();
  private final Sockets sockets = new Sockets();
  private final Handshakes handshakes = new Handshakes(clock, this::isFull, sockets::accepted);
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

  private static Http1Config http1(Bounds bounds) {
    return Http1Config.builder()
        // What a request may be is for Requests to say, which has read it before Helidon does.
        .maxPrologueLength(2 * bounds.headerBytes())
        .maxHeadersSize(2 * bounds.headerBytes())
        .validatePrologue(false)
        .validateRequestHeaders(false)
        .receiveLog(false)
        .sendLog(false)
        .addReceiveListener(
            new Http1ConnectionListener() {
              @Override
              public void headers(ConnectionContext context, Headers headers) {
                LineContext.requested(context, headers);
                // Helidon hands over the headers that it will route by.
                if (headers instanceof WritableHeaders<?> writable) {
                  OpeningHandshake.normalize(writable);
                }
              }
            })
        .addSendListener(
            new Http1ConnectionListener() {
              @Override
              public void headers(ConnectionContext context, Headers headers) {
                LineContext.answering(context, headers);
              }
            })
        .build();
  }

  /// How many are open now, from the first byte that may be read to the last.
  public int open() {
    return open.get();
  }

  /// How many are read by a look-ahead now, since their handlers have not read for long.
  public long lookingAhead() {
    return connections.stream().map(Connection::line).filter(Line::isReadAhead).count();
  }

  /// Has `web` accept connections by these rules, within TLS if it is given.
  public void accept(WebServerConfig.Builder web, Optional<Tls> tls) {
    web.addConnectionSelector(this).connectionOptions(handshakes);
    tls.ifPresentOrElse(web::tls, () -> web.maxTcpConnections(bounds.connections() + REFUSALS));
  }

  /// None: this is the only selector there is.
  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return Set.of(HTTP_2, "http/1.1");
  }

  @Override
  public ServerConnection connection(ConnectionContext accepted) {
    HelidonSocket socket = accepted.serverSocket();
    return socket.protocolNegotiated() && socket.protocol().equals(HTTP_2)
        ? http2(accepted)
        : http1(accepted);
  }

  private Connection http1(ConnectionContext accepted) {
    var context = LineContext.http1(accepted, clock, bounds.headerBytes());
    return hasRoom()
        ? connection(context, http1.connection(context), context::leavesBytesUnread)
        : connection(context, Refusal.http1(context), () -> true);
  }

  private Connection http2(ConnectionContext accepted) {
    var streams = new Http2Streams(clock);
    var context = LineContext.http2(accepted, clock, streams);
    return connection(
        context,
        hasRoom() ? new Http2Connection(context, streams, bounds) : Refusal.http2(context),
        () -> true);
  }

  private Connection connection(
      LineContext context, ServerConnection protocol, BooleanSupplier leavesBytesUnread) {
    Line line = context.line();
    var linger = new Linger(sockets.take(context.serverSocket()), line, clock, leavesBytesUnread);
    return new Connection(this, line, protocol, linger);
  }

  private boolean hasRoom() {
    return open.get() < bounds.connections();
  }

  private boolean isFull() {
    return open.get() + handshakes.count() >= bounds.connections() + REFUSALS;
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
      sockets.forgetClosed();
      connections.forEach(connection -> connection.look(bounds));
    }
  }

  /// Looks after them no more.
  @Override
  public void close() {
    looking.interrupt();
  }
}
