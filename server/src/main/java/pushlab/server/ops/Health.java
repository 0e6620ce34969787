package pushlab.server.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.function.Supplier;
import pushlab.server.http.Answers;
import pushlab.server.http.Get;

/// `GET /health/live` answers 200 while the process can answer. `GET /health/ready` answers 200
/// while clients should be sent to this server, else 503 and the reason.
public final class Health implements HttpService {

  private final Supplier<Optional<String>> whyNotReady;

  /// @param whyNotReady gives the reason why the server is not ready; empty if it is ready
  public Health(Supplier<Optional<String>> whyNotReady) {
    this.whyNotReady = whyNotReady;
  }

  @Override
  public void routing(HttpRules rules) {
    Get.route(
        rules, "/health/live", (request, response) -> send(request, response, Optional.empty()));
    Get.route(
        rules, "/health/ready", (request, response) -> send(request, response, whyNotReady.get()));
  }

  private static void send(
      ServerRequest request, ServerResponse response, Optional<String> problem) {
    response.status(problem.isEmpty() ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
    response.header(Answers.JSON);
    Get.send(
        request,
        response,
        problem
            .map("{\"status\":\"DOWN\",\"reason\":\"%s\"}"::formatted)
            .orElse("{\"status\":\"UP\"}")
            .getBytes(UTF_8));
  }
}
