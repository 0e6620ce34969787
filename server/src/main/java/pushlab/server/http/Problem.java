package pushlab.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.TransportRequest;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request that cannot be answered as asked, reported as a problem document (RFC 9457). Handlers
/// throw it. It has no stack trace, because the fault is in the request.
public final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1;

  private static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/problem+json");

  private final transient Status status;
  private final transient Map<String, String> headers;

  /// A problem of that status.
  ///
  /// @param detail what is wrong, for the author of the request
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

  /// A handler that answers 405. `method` is the only method that the path takes, with HEAD if it
  /// is GET.
  public static Handler only(String method) {
    return (request, _) -> {
      throw new Problem(
          Status.METHOD_NOT_ALLOWED_405,
          "%s takes %s, not %s"
              .formatted(request.path().path(), method, request.prologue().method().text()),
          Map.of("Allow", method.equals("GET") ? "GET, HEAD" : method));
    };
  }

  /// The same problem with one more header.
  public Problem with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Problem(status, detail(), more);
  }

  public Status status() {
    return status;
  }

  /// The headers that this problem adds to the answer.
  public Map<String, String> headers() {
    return headers;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  /// Answers `request` with this problem.
  public void send(ServerRequest request, ServerResponse response) {
    headers.forEach((name, value) -> response.header(HeaderNames.create(name), value));
    response.status(status);
    response.header(JSON);
    response.header(Answers.NO_STORE);
    Get.send(request, response, document(request.path().path()));
  }

  /// Turns Helidon's own error answers into problem documents. They reveal nothing about the
  /// server's insides, such as the name of a class.
  public static DirectHandlers handlers() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, Problem::answer);
    }
    return handlers.build();
  }

  private static TransportResponse answer(
      TransportRequest request,
      DirectHandler.EventType type,
      Status given,
      ServerResponseHeaders headers,
      @Nullable String message) {
    // A failure before there is a request is the client's, not the server's.
    boolean failedBefore =
        type == DirectHandler.EventType.INTERNAL_ERROR && request.path().isEmpty();
    Status status = failedBefore ? Status.BAD_REQUEST_400 : given;
    String detail =
        switch (status.code()) {
          case 413 -> "the body is longer than this server accepts";
          case 500 -> "the server failed; its log says how";
          default -> "the request is not one that this server can read";
        };
    return TransportResponse.builder()
        .status(status)
        .headers(headers)
        .header(JSON)
        .header(Answers.NO_STORE)
        .keepAlive(type.keepAlive())
        .entity(new Problem(status, detail).document(request.path()))
        .build();
  }

  /// The document itself, in an answer to a request for `path`.
  public byte[] document(String path) {
    return JsonText.OBJECTS
        .createObjectBuilder()
        .add("title", status.reasonPhrase())
        .add("status", status.code())
        .add("detail", detail())
        .add("instance", path)
        .build()
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }
}
