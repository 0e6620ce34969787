package pushlab.server.net.line;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import java.util.concurrent.ExecutorService;

/// A connection as Helidon knows it. Helidon reads it and writes it through a [Line].
public final class LineContext implements ConnectionContext {

  private final Accepted accepted;
  private final Line line;
  private final DataReader in;
  private final ExecutorService executor;
  private final Exchanges exchanges;

  /// The connection that was `accepted`, whose bytes pass `line`.
  ///
  /// @param in what Helidon reads of what arrives on the line
  /// @param executor where Helidon runs what it starts for this connection
  /// @param exchanges is told of each request and answer
  public LineContext(
      Accepted accepted, Line line, DataReader in, ExecutorService executor, Exchanges exchanges) {
    this.accepted = accepted;
    this.line = line;
    this.in = in;
    this.executor = executor;
    this.exchanges = exchanges;
  }

  /// `context` itself: every connection that Helidon handles here is one of these.
  public static LineContext of(ConnectionContext context) {
    return (LineContext) context;
  }

  public Line line() {
    return line;
  }

  /// Whether bytes have arrived that Helidon has not read.
  public boolean hasArrived() {
    return in.available() > 0 || exchanges.hasArrived();
  }

  /// The headers of a request have arrived.
  public void requested(Headers headers) {
    if (headers instanceof WritableHeaders<?> writable) {
      exchanges.requested(writable);
    }
    line.requested(headers);
  }

  /// An answer with these headers is about to be sent.
  public void answering(Headers headers) {
    line.answered();
    if (headers instanceof WritableHeaders<?> writable) {
      exchanges.answering(writable);
    }
  }

  @Override
  public DataReader dataReader() {
    return in;
  }

  @Override
  public DataWriter dataWriter() {
    return line.out();
  }

  @Override
  public ListenerContext listenerContext() {
    return accepted.served();
  }

  @Override
  public Router router() {
    return accepted.served().router();
  }

  @Override
  public ExecutorService executor() {
    return executor;
  }

  @Override
  public HelidonSocket serverSocket() {
    return accepted.helidon();
  }

  @Override
  public PeerInfo remotePeer() {
    return accepted.helidon().remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return accepted.helidon().localPeer();
  }

  @Override
  public boolean isSecure() {
    return accepted.helidon().isSecure();
  }

  @Override
  public String socketId() {
    return accepted.helidon().socketId();
  }

  @Override
  public String childSocketId() {
    return accepted.helidon().childSocketId();
  }
}
