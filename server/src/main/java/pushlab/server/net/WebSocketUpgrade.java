package pushlab.server.net;

import static java.util.stream.Collectors.toMap;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsUpgrader;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.server.admin.Origins;

/// Upgrades a connection to WebSocket, but for pages of other sites. What does not upgrade is left
/// to the routes, which refuse it by a problem document.
record WebSocketUpgrade(Http1Upgrader webSocket, Origins origins, Upgrades upgrades)
    implements Http1Upgrader {

  /// The upgrade by each spelling of its name: Helidon looks for one spelling only, where RFC 6455
  /// wants case ignored.
  static Map<String, Http1Upgrader> bySpelling(
      WsConfig config, Origins origins, Upgrades upgrades) {
    var upgrade = new WebSocketUpgrade(WsUpgrader.create(config), origins, upgrades);
    return Stream.of("websocket", "WebSocket", "Websocket", "WEBSOCKET")
        .collect(toMap(spelling -> spelling, _ -> upgrade));
  }

  @Override
  public String supportedProtocol() {
    return webSocket.supportedProtocol();
  }

  @Override
  public @Nullable ServerConnection upgrade(
      ConnectionContext connection, HttpPrologue prologue, WritableHeaders<?> headers) {
    String authority = headers.first(HeaderNames.HOST).orElse("");
    if (!origins.allow(headers, authority, connection.isSecure())) {
      return null;
    }
    ServerConnection upgraded = webSocket.upgrade(connection, prologue, headers);
    if (upgraded == null) {
      return null;
    }
    LineContext.of(connection).carriesFrames();
    return upgrades.upgraded(connection, prologue, new Frames(connection, upgraded));
  }
}
