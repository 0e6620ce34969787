package pushlab.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/// Calls that are made by GET. HEAD is answered as GET is, without the body (RFC 9110, section
/// 9.3.2), and never held.
public final class Get {

  private Get() {}

  /// Has `handler` answer GET and HEAD for `path`; other methods are refused by 405.
  public static void route(HttpRules rules, String path, Handler handler) {
    rules.get(path, handler).head(path, handler).any(path, Problem.only("GET"));
  }

  /// Whether `request` wants what GET would answer, without its body.
  public static boolean isHead(ServerRequest request) {
    return request.prologue().method().equals(Method.HEAD);
  }

  /// Answers with `body`, or to HEAD with its length.
  public static void send(ServerRequest request, ServerResponse response, byte[] body) {
    if (isHead(request)) {
      response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
      response.send();
    } else {
      response.send(body);
    }
  }
}
