package pushlab.server.net;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A connection's context, but that it is read and written through a [Line].
final class LineContext implements ConnectionContext {

  private final ConnectionContext context;
  private final ExecutorService executor;
  private final Outgoing out;
  private final Line line;
  private final DataReader in;

  private LineContext(
      ConnectionContext context,
      SecondsClock clock,
      ExecutorService executor,
      UnaryOperator<Supplier<byte @Nullable []>> reading) {
    this.context = context;
    this.executor = executor;
    this.out = new Outgoing(context.dataWriter(), clock);
    this.line = new Line(context.serverSocket(), out, clock);
    this.in = new Incoming(reading.apply(line::read));
  }

  static LineContext http1(ConnectionContext context, SecondsClock clock) {
    return new LineContext(context, clock, context.executor(), UnaryOperator.identity());
  }

  /// One whose frames `streams` reads along, and whose streams it runs.
  static LineContext http2(ConnectionContext context, SecondsClock clock, Http2Streams streams) {
    var http2 = new LineContext(context, clock, streams.threads(), streams::readingAlong);
    http2.line.carriesFrames();
    return http2;
  }

  /// The line of the connection that `context` belongs to: all that Helidon handles for us are made
  /// by [Connections].
  static Line of(ConnectionContext context) {
    return ((LineContext) context).line;
  }

  Line line() {
    return line;
  }

  @Override
  public DataReader dataReader() {
    return in;
  }

  @Override
  public DataWriter dataWriter() {
    return out;
  }

  @Override
  public ListenerContext listenerContext() {
    return context.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return executor;
  }

  @Override
  public Router router() {
    return context.router();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return context.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return context.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return context.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return context.localPeer();
  }

  @Override
  public boolean isSecure() {
    return context.isSecure();
  }

  @Override
  public String socketId() {
    return context.socketId();
  }

  @Override
  public String childSocketId() {
    return context.childSocketId();
  }
}
