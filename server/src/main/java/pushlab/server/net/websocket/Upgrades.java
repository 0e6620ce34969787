package pushlab.server.net.websocket;

import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;

/// Is told of each connection that a request has upgraded to WebSocket.
@FunctionalInterface
public interface Upgrades {

  /// Does nothing.
  Upgrades UNTOLD = (_, _, webSocket) -> webSocket;

  /// Returns `webSocket`, or a connection that handles it from now on.
  ServerConnection upgraded(
      ConnectionContext connection, HttpPrologue request, ServerConnection webSocket);
}
