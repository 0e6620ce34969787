package pushlab.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/// Refuses a request whose end two servers in a row might look for in different places, which is
/// how one request is smuggled past a proxy within another (RFC 9112, sections 6.3 and 11.2). By
/// HTTP/1 [RequestHead] has refused it already; this holds for HTTP/2 too.
public final class Framing implements Handler {

  private static final List<String> CHUNKED = List.of("chunked");

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    check(request.headers());
    response.next();
  }

  private static void check(Headers headers) {
    boolean inChunks = headers.contains(HeaderNames.TRANSFER_ENCODING);
    if (inChunks && !headers.get(HeaderNames.TRANSFER_ENCODING).allValues().equals(CHUNKED)) {
      throw refusal(
          Status.NOT_IMPLEMENTED_501,
          HeaderNames.TRANSFER_ENCODING,
          "this server takes 'chunked' alone");
    }
    if (headers.contains(HeaderNames.CONTENT_LENGTH)) {
      List<String> lengths = headers.get(HeaderNames.CONTENT_LENGTH).allValues();
      if (inChunks || lengths.size() > 1 || !isNumber(lengths.getFirst())) {
        throw refusal(
            Status.BAD_REQUEST_400,
            HeaderNames.CONTENT_LENGTH,
            "must be one number, and not stand beside Transfer-Encoding");
      }
    }
  }

  private static boolean isNumber(String length) {
    return length.matches("[0-9]{1,18}");
  }

  private static Problem refusal(Status status, HeaderName header, String detail) {
    return new Problem(status, header.defaultCase() + ": " + detail).with("Connection", "close");
  }
}
