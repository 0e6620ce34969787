package pushlab.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/// Routes for GET. HEAD gets the same answer without its body (RFC 9110, section 9.3.2), and is
/// never held.
public final class Get {

  private Get() {}

  /// Lets `handler` answer GET and HEAD for `path`. Other methods get 405.
  public static void route(HttpRules rules, String path, Handler handler) {
    rules.get(path, handler).head(path, handler).any(path, Problem.only("GET"));
  }

  /// Whether `request` asks for the answer to GET without its body.
  public static boolean isHead(ServerRequest request) {
    return request.prologue().method().equals(Method.HEAD);
  }

  /// Answers with `json`, which no cache may store.
  public static void sendJson(ServerRequest request, ServerResponse response, String json) {
    response.header(Answers.JSON);
    response.header(Answers.NO_STORE);
    send(request, response, json.getBytes(UTF_8));
  }

  /// Answers with `body`. HEAD gets its length only.
  public static void send(ServerRequest request, ServerResponse response, byte[] body) {
    if (isHead(request)) {
      response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
      response.send();
    } else {
      response.send(body);
    }
  }
}
