package pushlab.server.admin;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import pushlab.server.transport.Problem;

/// The bytes that come with a request. By HTTP/2, Helidon has no bound on them, and takes a body
/// that was broken off for a whole one: what is looked at here is for its sake.
final class Body {

  private Body() {}

  /// The body of `request`; empty if it has none.
  ///
  /// @throws Problem 400 if it is broken or does not say how long it is, 413 if that is longer than
  ///     `longest` bytes
  static byte[] of(ServerRequest request, int longest) {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    OptionalLong length = request.headers().contentLength();
    if (length.orElse(0) > longest) {
      throw tooLong();
    }
    byte[] body = read(request, longest);
    if (length.isPresent() && length.getAsLong() != body.length) {
      throw new CloseConnectionException("the client went away before the end of its request");
    }
    if (body.length > 0
        && length.isEmpty()
        && !request.headers().contains(HeaderNames.TRANSFER_ENCODING)) {
      throw Problem.badRequest("Content-Length", "is missing");
    }
    return body;
  }

  private static byte[] read(ServerRequest request, int longest) {
    try {
      InputStream content = request.content().inputStream();
      byte[] body = content.readNBytes(longest);
      if (content.read() >= 0) {
        throw tooLong();
      }
      return body;
    } catch (NumberFormatException _) {
      throw Problem.badRequest("body", "has a chunk whose size is no number");
    } catch (IOException | DataReader.InsufficientDataAvailableException e) {
      throw new CloseConnectionException("the client went away before the end of its request", e);
    }
  }

  private static Problem tooLong() {
    return new Problem(
        Status.REQUEST_ENTITY_TOO_LARGE_413, "the body is longer than this server takes");
  }
}
