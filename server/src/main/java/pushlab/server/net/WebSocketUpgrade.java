package pushlab.server.net;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import org.jspecify.annotations.Nullable;
import pushlab.server.admin.Origins;
import pushlab.server.transport.OpeningHandshake;
import pushlab.server.transport.WebSocketPush;

/// Upgrades a connection to WebSocket, but not for pages of other sites. What does not upgrade is
/// left to the routes, which refuse it by a problem document.
record WebSocketUpgrade(
    WebSocketPush webSockets, int messageBytes, Origins origins, Upgrades upgrades)
    implements Http1Upgrader {

  @Override
  public String supportedProtocol() {
    return OpeningHandshake.PROTOCOL;
  }

  @Override
  public @Nullable ServerConnection upgrade(
      ConnectionContext connection, HttpPrologue prologue, WritableHeaders<?> headers) {
    String authority = headers.first(HeaderNames.HOST).orElse("");
    if (!origins.allow(headers, authority, connection.isSecure())
        || !webSockets.upgrades(prologue, headers)) {
      return null;
    }
    connection.dataWriter().writeNow(BufferData.create(OpeningHandshake.answer(headers)));
    Line line = LineContext.of(connection);
    line.carriesFrames();
    var webSocket =
        new WebSocket(
            connection, line, messageBytes, socket -> webSockets.push(socket, prologue.query()));
    return upgrades.upgraded(connection, prologue, webSocket);
  }
}
