package pushlab.server.net.http1;

import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.function.BooleanSupplier;
import pushlab.server.http.Conditions;
import pushlab.server.net.line.LineContext;
import pushlab.server.transport.OpeningHandshake;

/// How connections speak HTTP/1.1: Helidon reads what [Requests] hands on, and routes it.
public final class Http1Protocol {

  private final ServerConnectionSelector selector;

  /// Connections whose requests have up to `headerBytes` of headers. `upgrader` may turn one into
  /// another protocol. While `stopping`, each answer closes its connection.
  public Http1Protocol(int headerBytes, Http1Upgrader upgrader, BooleanSupplier stopping) {
    this.selector =
        Http1ConnectionSelector.builder()
            .config(config(headerBytes, stopping))
            .addUpgrader(upgrader)
            .build();
  }

  /// The connection to which `context` belongs.
  public ServerConnection connection(LineContext context) {
    return selector.connection(context);
  }

  /// Requests are checked by [Requests], which has read them before Helidon does. So Helidon's own
  /// checks and limits are off or wide.
  private static Http1Config config(int headerBytes, BooleanSupplier stopping) {
    return Http1Config.builder()
        .maxPrologueLength(2 * headerBytes)
        .maxHeadersSize(2 * headerBytes)
        .validatePrologue(false)
        .validateRequestHeaders(false)
        .addReceiveListener(
            new Http1ConnectionListener() {
              @Override
              public void headers(ConnectionContext context, Headers headers) {
                LineContext.of(context).requested(headers);
                // Helidon hands over the headers by which it will route.
                if (headers instanceof WritableHeaders<?> writable) {
                  OpeningHandshake.normalize(writable);
                  Conditions.normalize(writable);
                }
              }
            })
        .addSendListener(
            new Http1ConnectionListener() {
              @Override
              public void headers(ConnectionContext context, Headers headers) {
                LineContext.of(context).answering(headers);
                if (stopping.getAsBoolean() && headers instanceof WritableHeaders<?> answer) {
                  answer.set(HeaderValues.CONNECTION_CLOSE);
                }
              }
            })
        .build();
  }
}
