package pushlab.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.http2.Http2Exception;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// What the answers of all routes have in common.
public final class Answers {

  /// `Cache-Control: no-store`.
  public static final Header NO_STORE =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

  /// `Content-Type: application/json`.
  public static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");

  private Answers() {}

  /// Whether `request` came by HTTP/2, which forbids the headers that concern the connection.
  public static boolean isHttp2(ServerRequest request) {
    return request.prologue().protocolVersion().startsWith("2");
  }

  /// Runs `writing`, which writes an answer or a part of one.
  ///
  /// @throws CloseConnectionException if the client has gone. By HTTP/2 this includes a client that
  ///     does not take what it is sent
  public static void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException | UncheckedIOException | Http2Exception e) {
      throw clientGone(e);
    } catch (IllegalStateException e) {
      throw e.getCause() instanceof InterruptedException ? clientGone(e) : e;
    }
  }

  /// The exception that ends a connection without an answer, because nobody can receive one.
  public static CloseConnectionException clientGone(@Nullable Exception cause) {
    return new CloseConnectionException("the client has gone", cause);
  }

  /// Writes to a client.
  @FunctionalInterface
  public interface Writing {
    void run() throws IOException;
  }
}
