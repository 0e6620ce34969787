package pushlab.server.net.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.http.DateTime;
import java.nio.ByteBuffer;
import pushlab.server.http.Problem;

/// The answer that refuses a request before Helidon has seen it, as bytes.
public final class RefusalText {

  private RefusalText() {}

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
