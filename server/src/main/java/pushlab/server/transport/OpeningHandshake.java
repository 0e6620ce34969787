package pushlab.server.transport;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import pushlab.server.http.Problem;

/// The opening handshake of a WebSocket, which is an HTTP request (RFC 6455, section 4.2).
public final class OpeningHandshake {

  /// The name of the protocol, as [#normalize] writes it.
  public static final String PROTOCOL = "websocket";

  private static final HeaderName KEY = HeaderNames.create("Sec-WebSocket-Key");
  private static final HeaderName VERSION = HeaderNames.create("Sec-WebSocket-Version");
  private static final String VERSION_13 = "13";
  private static final int KEY_BYTES = 16;

  private OpeningHandshake() {}

  /// Reduces an `Upgrade` header that names the protocol, beside others or in another case, to
  /// [#PROTOCOL]. Helidon compares the whole header.
  public static void normalize(WritableHeaders<?> headers) {
    if (hasToken(headers, HeaderNames.UPGRADE, PROTOCOL)) {
      headers.set(HeaderNames.UPGRADE, PROTOCOL);
    }
  }

  /// Checks that a request has all that an opening handshake needs.
  ///
  /// @throws Problem 426 if the protocol or its version is missing, else 400; it says what is
  ///     missing
  static void check(Headers headers) {
    if (!hasToken(headers, HeaderNames.UPGRADE, PROTOCOL)) {
      throw upgradeRequired(
          "Upgrade: this speaks WebSocket (RFC 6455) only, by HTTP/1.1, and so must a proxy before"
              + " it (nginx: proxy_http_version 1.1)");
    }
    if (!headers.all(VERSION, List::of).equals(List.of(VERSION_13))) {
      throw upgradeRequired("Sec-WebSocket-Version: must be 13 (RFC 6455)")
          .with(VERSION.defaultCase(), VERSION_13);
    }
    if (!hasToken(headers, HeaderNames.CONNECTION, "upgrade")) {
      throw Problem.badRequest(
          "Connection", "must name Upgrade; a proxy between may have left it out");
    }
    List<String> keys = headers.all(KEY, List::of);
    if (keys.size() != 1 || !isKey(keys.getFirst())) {
      throw Problem.badRequest(
          KEY.defaultCase(), "must be there once, with 16 bytes in base64 (RFC 6455, section 4.1)");
    }
  }

  private static Problem upgradeRequired(String detail) {
    return new Problem(Status.UPGRADE_REQUIRED_426, detail)
        .with("Upgrade", PROTOCOL)
        .with("Connection", "Upgrade");
  }

  private static boolean hasToken(Headers headers, HeaderName name, String token) {
    return headers.all(name, List::of).stream()
        .flatMap(values -> Arrays.stream(values.split(",")))
        .anyMatch(value -> value.strip().equalsIgnoreCase(token));
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
