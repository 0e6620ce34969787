package pushlab.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The pages that may send updates and open WebSockets. A page is known by the `Origin` that its
/// browser sends (RFC 6454), and by the host that it asks. Accepted are the server's own pages, and
/// pages of the sites that are allowed by name. The latter may also read (the Fetch standard's CORS
/// protocol). Programs that are not browsers send no origin; only the host is checked for them.
public final class Origins implements Handler {

  private static final Status MISDIRECTED = Status.create(421, "Misdirected Request");
  private static final String OTHER_HOST =
      "Host: updates and WebSockets are accepted under localhost, this machine's name, an address or a"
          + " name that --allow-host gives";
  private static final String OTHER_SITE =
      "Origin: pages of other sites may not do this. If the page is this server's own, a proxy"
          + " changed the Host that the browser sent, and must pass it on (nginx: proxy_set_header"
          + " Host $http_host, Apache: ProxyPreserveHost On); or allow the page's site by"
          + " --allow-origin";

  private static final Set<Method> READS = Set.of(Method.GET, Method.HEAD, Method.OPTIONS);

  private final Hosts hosts;
  private final Set<String> allowed;

  /// The origins for a server that is asked under the names of `hosts`.
  ///
  /// @param allowed other sites, each as a browser writes it: `https://example.org`, or `null`
  public Origins(Hosts hosts, Collection<String> allowed) {
    this.hosts = hosts;
    this.allowed = Set.copyOf(allowed);
  }

  /// Whether `origin` is an origin as a browser writes it.
  public static boolean isOrigin(String origin) {
    return origin.equals("null")
        || origin.matches("[a-z][a-z0-9+.-]*://([A-Za-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");
  }

  /// Whether a request with these headers, made to `authority`, may send updates. It must ask one
  /// of this server's hosts, and come from the server's own page, from a page of an allowed site,
  /// or from no page.
  ///
  /// @param secure whether it came by TLS
  public boolean allow(Headers headers, String authority, boolean secure) {
    return whyNot(headers, authority, secure).isEmpty();
  }

  /// Runs before all routes. Passes the request on to them, or refuses it.
  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    Headers headers = request.headers();
    Method method = request.prologue().method();
    if (!READS.contains(method) || asksForWebSocket(headers)) {
      whyNot(headers, authority(request), request.isSecure())
          .ifPresent(
              problem -> {
                throw problem;
              });
    }
    if (!headers.contains(HeaderNames.ORIGIN)) {
      response.next();
      return;
    }
    String origin = headers.get(HeaderNames.ORIGIN).get();
    if (!allowed.contains(origin)) {
      response.next();
      return;
    }
    response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    response.header(
        HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS,
        "ETag, Retry-After, Poll-Hold, Pushlab-Stale-Since");
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

  private Optional<Problem> whyNot(Headers headers, String authority, boolean secure) {
    if (headers.contains(HeaderNames.ORIGIN)) {
      Header origin = headers.get(HeaderNames.ORIGIN);
      if (origin.valueCount() > 1) {
        return Optional.of(Problem.badRequest("Origin", "must be given once only"));
      }
      if (!isOwn(origin.get(), authority, secure) && !allowed.contains(origin.get())) {
        return Optional.of(new Problem(Status.FORBIDDEN_403, OTHER_SITE));
      }
    }
    return hosts.take(authority)
        ? Optional.empty()
        : Optional.of(new Problem(MISDIRECTED, OTHER_HOST));
  }

  private static boolean asksForWebSocket(Headers headers) {
    return headers
        .first(HeaderNames.UPGRADE)
        .filter(protocols -> protocols.toLowerCase(Locale.ROOT).contains("websocket"))
        .isPresent();
  }

  /// The host that `request` asks, with its port; empty if it names none.
  private static String authority(ServerRequest request) {
    return Answers.isHttp2(request) && request.authority() != null
        ? request.authority()
        : request.headers().first(HeaderNames.HOST).orElse("");
  }

  /// In clear text only host and port are compared: the server cannot know whether a proxy in front
  /// of it speaks TLS to its clients.
  private static boolean isOwn(String origin, String authority, boolean secure) {
    return isOrigin(origin)
        && !origin.equals("null")
        && URI.create(origin).getRawAuthority().equalsIgnoreCase(authority)
        && (!secure || origin.startsWith("https:"));
  }
}
