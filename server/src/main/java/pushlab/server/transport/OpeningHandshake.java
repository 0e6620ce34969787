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

/// How a request becomes a WebSocket (RFC 6455, section 4.2).
public final class OpeningHandshake {

  /// The protocol's name, as [#normalize] leaves it.
  public static final String PROTOCOL = "websocket";

  private static final HeaderName KEY = HeaderNames.create("Sec-WebSocket-Key");
  private static final HeaderName VERSION = HeaderNames.create("Sec-WebSocket-Version");
  private static final String VERSION_13 = "13";
  private static final int KEY_BYTES = 16;

  private OpeningHandshake() {}

  /// Leaves [#PROTOCOL] alone in an `Upgrade` that names it, among others or in any case, since
  /// Helidon compares the whole header.
  public static void normalize(WritableHeaders<?> headers) {
    if (hasToken(headers, HeaderNames.UPGRADE, PROTOCOL)) {
      headers.set(HeaderNames.UPGRADE, PROTOCOL);
    }
  }

  /// Checks what makes a request one for WebSocket.
  ///
  /// @throws Problem that says what is missing: 426 for the protocol or its version, else 400
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
