package pushlab.server.net.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsUpgrader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pushlab.server.http.Origins;
import pushlab.server.net.line.Line;
import pushlab.server.net.line.LineContext;
import pushlab.server.transport.AsData;
import pushlab.server.transport.Held;
import pushlab.server.transport.Socket;
import pushlab.server.transport.WebSocketPush;

/// Upgrades a connection to WebSocket as Helidon does, with two differences: pages of other sites
/// are refused, and our own classes read the frames. The routes answer a request that is not
/// upgraded, and say why in a problem document.
public final class WebSocketUpgrade extends WsUpgrader {

  private final WebSocketPush webSockets;
  private final int messageBytes;
  private final Origins origins;
  private final Upgrades upgrades;

  public WebSocketUpgrade(
      WebSocketPush webSockets, int messageBytes, Origins origins, Upgrades upgrades) {
    super(WsConfig.create());
    this.webSockets = webSockets;
    this.messageBytes = messageBytes;
    this.origins = origins;
    this.upgrades = upgrades;
  }

  @Override
  public @Nullable ServerConnection upgrade(
      ConnectionContext connection, HttpPrologue prologue, WritableHeaders<?> headers) {
    String authority = headers.first(HeaderNames.HOST).orElse("");
    if (!origins.allow(headers, authority, connection.isSecure())
        || !webSockets.upgrades(prologue, headers)) {
      return null;
    }
    String accepted =
        SWITCHING_PROTOCOL_PREFIX
            + hash(connection, headers.get(WS_KEY).get())
            + SWITCHING_PROTOCOLS_SUFFIX;
    connection.dataWriter().writeNow(BufferData.create(accepted.getBytes(US_ASCII)));
    Line line = LineContext.of(connection).line();
    line.carriesFrames();
    boolean canWaitAsData = !connection.isSecure() && !LineContext.of(connection).hasArrived();
    var push =
        new WebSocket.Push() {
          @Override
          public void to(Socket socket) throws InterruptedException {
            webSockets.push(socket, prologue.query());
          }

          @Override
          public Optional<AsData> asData() {
            return canWaitAsData
                ? webSockets.asData(prologue.query()).filter(data -> isGivenAway(line, data))
                : Optional.empty();
          }
        };
    return upgrades.upgraded(
        connection, prologue, new WebSocket(connection, line, messageBytes, push));
  }

  /// While a look-ahead reads, threads have to go on.
  private static boolean isGivenAway(Line line, AsData data) {
    boolean given = line.giveAway();
    if (!given) {
      data.giveUp();
    }
    return given;
  }

  /// The WebSocket of a subscriber that has waited as data, served by threads from now on.
  public ServerConnection inThread(LineContext connection, Held held) {
    Line line = connection.line();
    line.carriesFrames();
    return new WebSocket(connection, line, messageBytes, held::inThread);
  }
}
