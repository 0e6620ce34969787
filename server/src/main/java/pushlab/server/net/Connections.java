package pushlab.server.net;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.helidon.webserver.websocket.WsConfig;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import pushlab.server.admin.Origins;

/// The connections that are open: which protocol each speaks, and that none goes beyond its bounds.
/// Thread-safe.
public final class Connections implements ServerConnectionSelector, AutoCloseable {

  private final Bounds bounds;
  private final ServerConnectionSelector http1;
  private final AtomicInteger open = new AtomicInteger();
  private final Set<Line> lines = ConcurrentHashMap.newKeySet();
  private final SecondsClock clock = new SecondsClock();
  private final Thread looking =
      Thread.ofPlatform().daemon().name("connections").unstarted(this::run);

  /// Connections that speak HTTP/1.1 and may be upgraded to WebSocket, but by pages of other sites
  /// than `origins`.
  public Connections(Bounds bounds, WsConfig webSocket, Origins origins) {
    this.bounds = bounds;
    this.http1 =
        Http1ConnectionSelector.builder()
            .config(http1(bounds))
            .upgraders(WebSocketUpgrade.bySpelling(webSocket, origins))
            .build();
    looking.start();
  }

  private static Http1Config http1(Bounds bounds) {
    return Http1Config.builder()
        .maxPrologueLength(bounds.headerBytes())
        .maxHeadersSize(bounds.headerBytes())
        .receiveLog(false)
        .sendLog(false)
        .addReceiveListener(
            new Http1ConnectionListener() {
              @Override
              public void headers(ConnectionContext context, Headers headers) {
                LineContext.of(context).requested(headers);
              }
            })
        .addSendListener(
            new Http1ConnectionListener() {
              @Override
              public void status(ConnectionContext context, Status status) {
                LineContext.of(context).answered();
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
    return lines.stream().filter(Line::isReadAhead).count();
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
    return http1.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext accepted) {
    var context = new LineContext(accepted, clock);
    return new Connection(
        this,
        LineContext.of(context),
        open.get() < bounds.connections() ? http1.connection(context) : new Refusal(context));
  }

  void opened(Line line) {
    open.incrementAndGet();
    lines.add(line);
  }

  void closed(Line line) {
    lines.remove(line);
    line.over();
    open.decrementAndGet();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      clock.tick();
      lines.forEach(line -> line.look(bounds));
    }
  }

  /// Looks after them no more.
  @Override
  public void close() {
    looking.interrupt();
  }
}
