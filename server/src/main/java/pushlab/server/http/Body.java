package pushlab.server.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The body of a request.
final class Body {

  private Body() {}

  /// The body of `request`; empty if it has none.
  ///
  /// @throws Problem 400 if its chunks are malformed, 413 if it is longer than the listener's
  ///     maximum, 415 if it is compressed
  /// @throws CloseConnectionException if the client went away before the end of the body
  static byte[] of(ServerRequest request, GivenUp givenUp) {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    checkCoding(request.headers());
    byte[] body = read(request);
    if (givenUp.isThisRequest()) {
      throw gone(null);
    }
    return body;
  }

  /// This server has no decoder. A compressed body may be small and become large when it is
  /// decoded.
  private static void checkCoding(ServerRequestHeaders headers) {
    if (headers.contains(HeaderNames.CONTENT_ENCODING)
        && !headers.get(HeaderNames.CONTENT_ENCODING).get().equalsIgnoreCase("identity")) {
      throw new Problem(
              Status.UNSUPPORTED_MEDIA_TYPE_415,
              "Content-Encoding: this server accepts bodies without compression only")
          .with("Accept-Encoding", "identity");
    }
  }

  private static byte[] read(ServerRequest request) {
    try {
      return request.content().inputStream().readAllBytes();
    } catch (HttpException e) {
      throw e.status().equals(Status.REQUEST_ENTITY_TOO_LARGE_413) ? tooLong() : e;
    } catch (NumberFormatException _) {
      // Helidon cannot read the size of such a large chunk.
      throw Problem.badRequest("body", "has a chunk whose size is no number");
    } catch (IOException | DataReader.InsufficientDataAvailableException e) {
      throw gone(e);
    }
  }

  private static CloseConnectionException gone(@Nullable Exception cause) {
    return new CloseConnectionException(
        "the client went away before the end of its request", cause);
  }

  private static Problem tooLong() {
    return new Problem(
        Status.REQUEST_ENTITY_TOO_LARGE_413, "the body is longer than this server accepts");
  }
}
