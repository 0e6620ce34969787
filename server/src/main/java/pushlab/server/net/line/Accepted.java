package pushlab.server.net.line;

import io.helidon.common.socket.HelidonSocket;
import java.net.Socket;

/// A connection that was accepted, after the TLS handshake if there is one.
///
/// @param served what it shares with the other connections of its listener
/// @param socket the socket itself; [HelidonSocket] cannot close one direction of it alone
/// @param helidon how Helidon reads and writes that socket
public record Accepted(Served served, Socket socket, HelidonSocket helidon) {}
