package pushlab.server;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pushlab.server.transport.Get;
import pushlab.server.transport.Problem;

/// `GET /`: the page's files. They may load what is theirs and nothing else, be framed by nobody,
/// and are asked for anew each time, by `If-None-Match`.
///
/// They have no date, so conditions that name one are ignored (RFC 9110, section 13.1.3), and are
/// small, so ranges are too (section 14.2). Helidon's own handler answers 500 to those of them that
/// it cannot read, and by wrong bytes to a range that begins after 0.
final class Page implements HttpService {

  private static final Pattern FILE = Pattern.compile("(/[a-zA-Z0-9_-]+)+(\\.[a-z]+)+");
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
    rules.get(Page::answer).head(Page::answer);
  }

  private static void answer(ServerRequest request, ServerResponse response) throws IOException {
    String path = request.path().path();
    String name = path.equals("/") ? "/index.html" : path;
    try (InputStream file = FILE.matcher(name).matches() ? open(name) : null) {
      if (file == null) {
        response.next();
      } else {
        send(request, response, name, file.readAllBytes());
      }
    }
  }

  private static @Nullable InputStream open(String name) {
    return Page.class.getResourceAsStream("/pushlab/page" + name);
  }

  private static void send(
      ServerRequest request, ServerResponse response, String name, byte[] file) {
    String tag = tag(file);
    HEADERS.forEach(response::header);
    response.header(HeaderNames.ETAG, tag);
    ServerRequestHeaders conditions = request.headers();
    if (conditions.contains(HeaderNames.IF_MATCH)
        && !names(conditions.values(HeaderNames.IF_MATCH), tag)) {
      throw new Problem(Status.PRECONDITION_FAILED_412, "If-Match: " + name + " is another by now");
    }
    if (names(conditions.values(HeaderNames.IF_NONE_MATCH), tag)) {
      response.status(Status.NOT_MODIFIED_304).send();
      return;
    }
    response.headers().contentType(MediaTypes.detectType(name).orElseThrow());
    Get.send(request, response, file);
  }

  private static boolean names(List<String> tags, String tag) {
    return tags.stream()
        .flatMap(list -> Arrays.stream(list.split(",")))
        .map(one -> one.strip().replaceFirst("^W/", ""))
        .anyMatch(one -> one.equals(tag) || one.equals("*"));
  }

  private static String tag(byte[] file) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(file);
      return '"' + HexFormat.of().formatHex(digest, 0, 8) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
