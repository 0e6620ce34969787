package pushlab.server;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.staticcontent.ClasspathHandlerConfig;
import io.helidon.webserver.staticcontent.StaticContentFeature;
import java.util.List;

/// `GET /`: the page's files. They may load only files of this server, cannot be framed, and are
/// revalidated each time.
final class Page implements HttpService {

  private static final List<Header> HEADERS =
      List.of(
          HeaderValues.createCached(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                  + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                  + " frame-ancestors 'none'"),
          HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
          HeaderValues.createCached("Referrer-Policy", "no-referrer"),
          HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache"));

  @Override
  public void routing(HttpRules rules) {
    rules.any(Page::guard).register("/", files());
  }

  private static void guard(ServerRequest request, ServerResponse response) {
    HEADERS.forEach(response::header);
    response.next();
  }

  private static HttpService files() {
    return StaticContentFeature.createService(
        ClasspathHandlerConfig.builder()
            .location("pushlab/page")
            .welcome("index.html")
            // Helidon would copy each file of a jar to a temporary one, which a kill leaves behind.
            .temporaryStorage(storage -> storage.enabled(false))
            .build());
  }
}
