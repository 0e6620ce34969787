package pushlab.server.net.http1;

import io.helidon.http.Status;
import pushlab.server.http.Problem;

/// Reads the first lines of the requests on one connection, one after another: method, target and
/// version (RFC 9112, section 3).
final class RequestLine {

  private static final String FORM =
      "the first line of a request must be a method, a path and HTTP/1.1, with one space between";

  /// What stands between the target and the last digit of the line.
  private static final String VERSION = " HTTP/1.";

  private boolean http10;
  private boolean head;
  private int from;
  private int target;
  private int path;
  private int pathEnd;
  private int targetEnd;
  private String authority = "";

  /// Forgets the line that was read before.
  void begin() {
    http10 = false;
    head = false;
    from = 0;
    target = 0;
    path = 0;
    pathEnd = 0;
    targetEnd = 0;
    authority = "";
  }

  /// Whether the client speaks HTTP/1.0. It has no chunks, and by default only one request for each
  /// connection.
  boolean isHttp10() {
    return http10;
  }

  boolean isHead() {
    return head;
  }

  /// Whether the line, which was read from `bytes`, is `GET`, a target in origin form and HTTP/1.1,
  /// and nothing stands before it.
  boolean isPlainGet(byte[] bytes) {
    return from == 0 && !http10 && path == target && Octets.equals(bytes, 0, path, "GET ");
  }

  /// Where the target begins, which is the path if the target is in origin form.
  int target() {
    return target;
  }

  /// Where the path ends.
  int pathEnd() {
    return pathEnd;
  }

  /// Where the target ends: path and query.
  int targetEnd() {
    return targetEnd;
  }

  /// The path of the line that was read from `bytes`, without its query; `/` if it is empty.
  String path(byte[] bytes) {
    return pathEnd > path ? Octets.text(bytes, path, pathEnd) : "/";
  }

  /// The host in the target, which replaces the Host header (RFC 9112, section 3.2.2); empty if the
  /// target has none.
  String authority() {
    return authority;
  }

  /// `bytes` from the line on, with only the path as the target and 1.1 as the version. Returns
  /// `bytes` itself if they are in that form, as they usually are, but for the version, which is
  /// changed in place. Helidon accepts no other version, and this server answers every version 1.x
  /// by 1.1 (RFC 9110, section 2.5).
  byte[] inOriginForm(byte[] bytes) {
    bytes[targetEnd + VERSION.length()] = '1';
    if (from == 0 && path == target) {
      return bytes;
    }
    int slash = path < pathEnd ? 0 : 1;
    byte[] origin = new byte[bytes.length - from - (path - target) + slash];
    System.arraycopy(bytes, from, origin, 0, target - from);
    origin[target - from] = '/';
    System.arraycopy(bytes, path, origin, target - from + slash, bytes.length - path);
    return origin;
  }

  /// Reads the line in `bytes`.
  ///
  /// @throws Problem if this server does not accept the line
  void read(byte[] bytes, int from, int to) {
    int space = from;
    while (space < to && Octets.isToken(bytes[space])) {
      space++;
    }
    if (space == to || space == from) {
      throw badRequest(FORM);
    }
    if (bytes[space] != ' ') {
      throw badRequest("the method has a character that no method has");
    }
    this.from = from;
    head = Octets.equals(bytes, from, space, "HEAD");
    int end = target(bytes, space + 1, to);
    if (end == space + 1 || end == to) {
      throw badRequest(FORM);
    }
    version(bytes, end + 1, to);
    form(bytes, space + 1, end);
  }

  private static int target(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte octet = bytes[i];
      if (octet == ' ') {
        return i;
      }
      if (!Octets.isTarget(octet)) {
        throw badRequest(
            octet < 0
                ? "the request target has bytes that must be percent-encoded: an é is written"
                    + " %C3%A9"
                : "the request target has %s, which must be percent-encoded"
                    .formatted(
                        octet > ' ' && octet < 127 ? "a " + (char) octet : "a control character"));
      }
      if (octet == '%'
          && (i + 2 >= to || !Octets.isHex(bytes[i + 1]) || !Octets.isHex(bytes[i + 2]))) {
        throw badRequest("the request target has a % without two hexadecimal digits after it");
      }
    }
    return to;
  }

  private void version(byte[] bytes, int from, int to) {
    if (Octets.indexOf((byte) ' ', bytes, from, to) >= 0) {
      throw badRequest("the request target has a space, which must be written %20");
    }
    if (to - from != 8
        || !Octets.equals(bytes, from, from + 5, "HTTP/")
        || !Octets.isDigit(bytes[from + 5])
        || bytes[from + 6] != '.'
        || !Octets.isDigit(bytes[from + 7])) {
      throw badRequest(FORM);
    }
    if (bytes[from + 5] != '1') {
      throw new Problem(
          Status.HTTP_VERSION_NOT_SUPPORTED_505,
          "the server speaks HTTP/1.1 here; HTTP/2 is for those that agree on it within TLS");
    }
    http10 = bytes[from + 7] == '0';
  }

  private void form(byte[] bytes, int from, int to) {
    target = from;
    path = from;
    if (bytes[from] != '/' && !(bytes[from] == '*' && to == from + 1)) {
      int host = from + schemeLength(bytes, from);
      path = host;
      while (path < to && bytes[path] != '/' && bytes[path] != '?') {
        path++;
      }
      if (host == from || !Octets.isAuthority(bytes, host, path)) {
        throw badRequest("the request target must be a path, which begins with a /");
      }
      authority = Octets.text(bytes, host, path);
    }
    int query = Octets.indexOf((byte) '?', bytes, path, to);
    pathEnd = query < 0 ? to : query;
    targetEnd = to;
  }

  private static int schemeLength(byte[] bytes, int from) {
    if (startsWith(bytes, from, "http://")) {
      return 7;
    }
    return startsWith(bytes, from, "https://") ? 8 : 0;
  }

  private static boolean startsWith(byte[] bytes, int from, String prefix) {
    int to = from + prefix.length();
    return to <= bytes.length && Octets.equalsIgnoreCase(bytes, from, to, prefix);
  }

  private static Problem badRequest(String detail) {
    return new Problem(Status.BAD_REQUEST_400, detail);
  }
}
