package pushlab.server.net;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// A connection's context, but that it is read and written through a [Line].
final class LineContext implements ConnectionContext {

  private final ConnectionContext context;
  private final ExecutorService executor;
  private final Outgoing out;
  private final Line line;
  private final @Nullable Requests requests;
  private final DataReader in;

  private LineContext(
      ConnectionContext context,
      Line line,
      Outgoing out,
      ExecutorService executor,
      @Nullable Requests requests,
      DataReader in) {
    this.context = context;
    this.line = line;
    this.out = out;
    this.executor = executor;
    this.requests = requests;
    this.in = in;
  }

  /// One whose requests [Requests] reads along; of the headers of each it takes `headerBytes`.
  static LineContext http1(ConnectionContext context, SecondsClock clock, int headerBytes) {
    var out = new Outgoing(context.dataWriter(), clock);
    var line = new Line(context.serverSocket(), out, clock);
    var requests = new Requests(line, out, headerBytes);
    return new LineContext(
        context, line, out, context.executor(), requests, new Incoming(requests));
  }

  /// One whose frames `streams` reads along, and whose streams it runs.
  static LineContext http2(ConnectionContext context, SecondsClock clock, Http2Streams streams) {
    var out = new Outgoing(context.dataWriter(), clock);
    var line = new Line(context.serverSocket(), out, clock);
    line.carriesFrames();
    var in = new Incoming(streams.readingAlong(line::read));
    return new LineContext(context, line, out, streams.threads(), null, in);
  }

  /// The headers of a request have come in on the connection that `context` belongs to.
  static void requested(ConnectionContext context, Headers headers) {
    var http1 = (LineContext) context;
    if (http1.requests != null && headers instanceof WritableHeaders<?> writable) {
      Canonical.spell(writable, http1.requests.head());
    }
    http1.line.requested(headers);
  }

  /// An answer with these headers is about to go out on it.
  static void answering(ConnectionContext context, Headers headers) {
    var http1 = (LineContext) context;
    http1.line.answered();
    if (http1.requests != null && headers instanceof WritableHeaders<?> writable) {
      http1.requests.answering(writable, http1.out);
    }
  }

  /// Whether what was read does not end where a request does.
  boolean leavesBytesUnread() {
    return requests == null || requests.leavesBytesUnread();
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
