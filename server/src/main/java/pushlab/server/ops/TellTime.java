package pushlab.server.ops;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import pushlab.server.http.Get;

/// `GET /time` answers with the server's clock. A client that asks a few times can estimate how far
/// its own clock is off.
public final class TellTime implements HttpService {

  private static final String PATH = "/time";

  @Override
  public void routing(HttpRules rules) {
    Get.route(rules, PATH, this::answer);
  }

  private void answer(ServerRequest request, ServerResponse response) {
    Get.sendJson(request, response, "{\"now\":\"%s\"}".formatted(Instant.now()));
  }
}
