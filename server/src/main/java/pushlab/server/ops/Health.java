package pushlab.server.ops;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.BooleanSupplier;

/// `GET /health/live` answers 200 as long as the process can answer; `GET /health/ready` answers
/// 200 while clients should be sent here, else 503.
public final class Health implements HttpService {

  private final BooleanSupplier ready;

  /// Health of a server that says itself whether it is ready.
  public Health(BooleanSupplier ready) {
    this.ready = ready;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/health/live", (_, response) -> send(response, true))
        .get("/health/ready", (_, response) -> send(response, ready.getAsBoolean()));
  }

  private static void send(ServerResponse response, boolean up) {
    response.status(up ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send("{\"status\":\"%s\"}".formatted(up ? "UP" : "DOWN"));
  }
}
