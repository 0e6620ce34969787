package pushlab.server.admin;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.util.Collection;
import java.util.Set;
import pushlab.server.transport.Problem;

/// Which other sites' pages may write here and open a WebSocket, by the `Origin` that their browser
/// sends (RFC 6454): those that are allowed by name, which may also read (the Fetch standard's CORS
/// protocol). What is no browser sends none and is not concerned.
public final class Origins implements Handler {

  private static final Set<Method> READS = Set.of(Method.GET, Method.HEAD, Method.OPTIONS);

  private final Set<String> allowed;

  /// Allows `allowed`, each as a browser writes it: `https://example.org`, or `null`.
  public Origins(Collection<String> allowed) {
    this.allowed = Set.copyOf(allowed);
  }

  /// Whether `origin` is one, as a browser writes it.
  public static boolean isOrigin(String origin) {
    return origin.equals("null")
        || origin.matches("[a-z][a-z0-9+.-]*://([A-Za-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");
  }

  /// Whether a request with these headers, made to `authority`, comes from a page of this server or
  /// of an allowed origin, or from no page at all.
  ///
  /// @param secure whether it came by TLS
  public boolean allow(Headers headers, String authority, boolean secure) {
    return headers
        .first(HeaderNames.ORIGIN)
        .map(origin -> isOwn(origin, authority, secure) || allowed.contains(origin))
        .orElse(true);
  }

  /// Stands before all routes, which it passes the request on to, or not.
  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    Headers headers = request.headers();
    if (!headers.contains(HeaderNames.ORIGIN)) {
      response.next();
      return;
    }
    String origin = headers.get(HeaderNames.ORIGIN).get();
    Method method = request.prologue().method();
    boolean reads = READS.contains(method) && !headers.contains(HeaderNames.UPGRADE);
    if (!reads && !allow(headers, request.authority(), request.isSecure())) {
      throw new Problem(
          Status.FORBIDDEN_403, "Origin: pages of other sites may not do this (--allow-origin)");
    }
    if (!allowed.contains(origin)) {
      response.next();
      return;
    }
    response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    response.header(
        HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Retry-After, Pushlab-Stale-Since");
    response.header(HeaderNames.VARY, "Origin");
    if (method.equals(Method.OPTIONS)
        && headers.contains(HeaderNames.ACCESS_CONTROL_REQUEST_METHOD)) {
      response.header(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST");
      response.header(
          HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
          "Authorization, Content-Type, If-None-Match, Last-Event-ID");
      response.header(HeaderNames.ACCESS_CONTROL_MAX_AGE, "600");
      response.status(Status.NO_CONTENT_204).send();
    } else {
      response.next();
    }
  }

  /// In clear text by host and port only: whether a proxy in between speaks TLS to its clients, the
  /// server cannot know.
  private static boolean isOwn(String origin, String authority, boolean secure) {
    return isOrigin(origin)
        && !origin.equals("null")
        && URI.create(origin).getRawAuthority().equalsIgnoreCase(authority)
        && (!secure || origin.startsWith("https:"));
  }
}
