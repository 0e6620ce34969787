package pushlab.server.net.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.http.DateTime;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pushlab.server.http.Problem;
import pushlab.server.transport.RefusedStream;

/// The answer that refuses a request before Helidon has seen it, as bytes.
public final class RefusalText {

  private static final Pattern FOR_EVENTS =
      Pattern.compile("GET /events(?:\\?\\S*)? HTTP/1\\.1\r\n(.*)", Pattern.DOTALL);
  private static final Pattern ACCEPT =
      Pattern.compile("^accept:(.*)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private RefusalText() {}

  /// The whole answer on a connection that is refused by `full`. An event source gets a stream that
  /// is cut; everything else gets the answer of [#of].
  ///
  /// @param request the first bytes of the client, as far as they have arrived
  public static byte[] ofConnection(Problem full, byte[] request) {
    Matcher events = FOR_EVENTS.matcher(new String(request, ISO_8859_1));
    if (events.matches()
        && ACCEPT
            .matcher(events.group(1))
            .results()
            .anyMatch(accept -> RefusedStream.isFor(accept.group(1)))) {
      return stream(RefusedStream.of(full));
    }
    return of(full, "/", false);
  }

  /// The last chunk is missing, because some event sources return only after a cut. There is no
  /// `Connection: close`, since the fetch of node 20 takes a cut after it for a proper end.
  private static byte[] stream(byte[] text) {
    String head =
        "HTTP/1.1 200 OK\r\nDate: %s\r\n".formatted(DateTime.rfc1123String())
            + "Content-Type: text/event-stream\r\n"
            + "Cache-Control: no-store\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "%x\r\n".formatted(text.length);
    return ByteBuffer.allocate(head.length() + text.length + 2)
        .put(head.getBytes(US_ASCII))
        .put(text)
        .put(new byte[] {'\r', '\n'})
        .array();
  }

  /// The whole answer by which `problem` refuses a request for `path`. The connection is closed
  /// after it.
  ///
  /// @param isHead whether the method is HEAD, so that the answer has no body
  public static byte[] of(Problem problem, String path, boolean isHead) {
    byte[] body = problem.document(path);
    var head =
        new StringBuilder(
                "HTTP/1.1 %d %s\r\n"
                    .formatted(problem.status().code(), problem.status().reasonPhrase()))
            .append("Date: %s\r\n".formatted(DateTime.rfc1123String()))
            .append("Content-Type: application/problem+json\r\n")
            .append("Cache-Control: no-store\r\n");
    problem.headers().forEach((name, value) -> head.append("%s: %s\r\n".formatted(name, value)));
    head.append("Connection: close\r\nContent-Length: %d\r\n\r\n".formatted(body.length));
    return ByteBuffer.allocate(head.length() + (isHead ? 0 : body.length))
        .put(head.toString().getBytes(US_ASCII))
        .put(body, 0, isHead ? 0 : body.length)
        .array();
  }
}
