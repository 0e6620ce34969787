package pushlab.server.transport;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What was wrong with a request, answered as a problem document (RFC 9457). Thrown by handlers;
/// carries no stack trace, since the fault is the caller's.
public final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Status status;
  private final transient Map<String, String> headers;

  /// A problem of that status.
  ///
  /// @param detail what was wrong, for the person who made the request
  public Problem(Status status, String detail) {
    this(status, detail, Map.of());
  }

  private Problem(Status status, String detail, Map<String, String> headers) {
    super(detail, null, false, false);
    this.status = status;
    this.headers = headers;
  }

  /// 400, because of the parameter or field of that name.
  public static Problem badRequest(String parameter, String detail) {
    return new Problem(Status.BAD_REQUEST_400, parameter + ": " + detail);
  }

  /// The handler that answers 405 to every method but `method`.
  public static Handler only(String method) {
    return (request, _) -> {
      throw new Problem(
          Status.METHOD_NOT_ALLOWED_405,
          "%s takes %s, not %s"
              .formatted(request.path().path(), method, request.prologue().method().text()),
          Map.of("Allow", method));
    };
  }

  /// The same problem with a header more.
  public Problem with(String header, String value) {
    return new Problem(status, detail(), Map.of(header, value));
  }

  public Status status() {
    return status;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  /// Answers `request` with this problem.
  public void send(ServerRequest request, ServerResponse response) {
    headers.forEach((name, value) -> response.header(HeaderNames.create(name), value));
    response.status(status);
    response.header(HeaderNames.CONTENT_TYPE, "application/problem+json");
    response.header(Wire.NO_STORE);
    response.send(
        Json.createObjectBuilder()
            .add("title", status.reasonPhrase())
            .add("status", status.code())
            .add("detail", detail())
            .add("instance", request.path().path())
            .build()
            .toString()
            .getBytes(StandardCharsets.UTF_8));
  }
}
