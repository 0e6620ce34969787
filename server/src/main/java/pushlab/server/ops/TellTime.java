package pushlab.server.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import pushlab.server.http.Answers;
import pushlab.server.http.Get;

/// `GET /time` answers with the server's clock as it reads at that moment: a client that asks a few
/// times can compute how far its own is off.
public final class TellTime implements HttpService {

  private static final String PATH = "/time";

  @Override
  public void routing(HttpRules rules) {
    Get.route(rules, PATH, this::answer);
  }

  private void answer(ServerRequest request, ServerResponse response) {
    response.header(Answers.JSON);
    response.header(Answers.NO_STORE);
    Get.send(request, response, "{\"now\":\"%s\"}".formatted(Instant.now()).getBytes(UTF_8));
  }
}
