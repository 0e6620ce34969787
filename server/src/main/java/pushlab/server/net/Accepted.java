package pushlab.server.net;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.socket.SocketWriter;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import java.net.Socket;
import java.util.concurrent.ExecutorService;

/// A connection that was accepted, as Helidon wants to know it: `socket` and what is read from it
/// and written to it, past any bounds.
final class Accepted implements ConnectionContext {

  private final Served served;
  private final Socket accepted;
  private final HelidonSocket socket;
  private final DataReader in;
  private final DataWriter out;

  /// `socket` is how Helidon reads and writes `accepted`, on which the TLS handshake is over.
  Accepted(Served served, Socket accepted, HelidonSocket socket) {
    this.accepted = accepted;
    this.served = served;
    this.socket = socket;
    this.in = DataReader.create(socket);
    this.out = SocketWriter.create(socket);
  }

  /// What Helidon keeps to itself, and which alone can be closed one way.
  Socket socket() {
    return accepted;
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
  public HelidonSocket serverSocket() {
    return socket;
  }

  @Override
  public ListenerContext listenerContext() {
    return served;
  }

  @Override
  public ExecutorService executor() {
    return served.executor();
  }

  @Override
  public Router router() {
    return served.router();
  }

  @Override
  public PeerInfo remotePeer() {
    return socket.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return socket.localPeer();
  }

  @Override
  public boolean isSecure() {
    return socket.isSecure();
  }

  @Override
  public String socketId() {
    return socket.socketId();
  }

  @Override
  public String childSocketId() {
    return socket.childSocketId();
  }
}
