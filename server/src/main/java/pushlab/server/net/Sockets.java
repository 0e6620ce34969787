package pushlab.server.net;

import io.helidon.common.socket.HelidonSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The sockets that were accepted, until their connections ask for them. Helidon makes connections
/// of them and tells these nothing of the socket, which alone can be closed one way. Thread-safe.
final class Sockets {

  private final Map<Ends, Socket> accepted = new ConcurrentHashMap<>();

  private record Ends(SocketAddress local, SocketAddress remote) {}

  void accepted(Socket socket) {
    SocketAddress remote = socket.getRemoteSocketAddress();
    if (remote != null) {
      accepted.put(new Ends(socket.getLocalSocketAddress(), remote), socket);
    }
  }

  /// The socket that `connection` was made of; null if it has been taken.
  @Nullable Socket take(HelidonSocket connection) {
    return accepted.remove(
        new Ends(connection.localPeer().address(), connection.remotePeer().address()));
  }

  /// Forgets those that were closed before they became a connection.
  void forgetClosed() {
    accepted.values().removeIf(Socket::isClosed);
  }
}
