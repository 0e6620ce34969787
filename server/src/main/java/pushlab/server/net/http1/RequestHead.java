package pushlab.server.net.http1;

import io.helidon.http.Status;
import pushlab.server.http.Problem;

/// Reads the heads of the requests on one connection, one after another, as they arrive: the first
/// line and the headers (RFC 9112, sections 2 to 6). It throws a [Problem] that says what is wrong
/// wherever that RFC requires a server to refuse. Helidon reads the same bytes afterwards, and
/// would give the same answer to every fault.
///
/// A head that arrives in one piece is read once, without an allocation.
final class RequestHead {

  /// The result of [#read] while the head is not complete.
  static final int UNFINISHED = -1;

  private static final byte CR = '\r';
  private static final byte LF = '\n';

  private final int longest;
  private final RequestLine line = new RequestLine();
  private int lineFrom;
  private int searchedTo;
  private int headersFrom;
  private boolean hasHost;
  private boolean hasLength;
  private boolean isInChunks;
  private boolean expectsContinue;
  private boolean hasBearing;
  private long length;

  /// Heads whose first line may be `longest` bytes long, and whose headers together may be that
  /// long too.
  RequestHead(int longest) {
    this.longest = longest;
  }

  /// Begins the next head.
  void begin() {
    line.begin();
    lineFrom = 0;
    searchedTo = 0;
    headersFrom = 0;
    hasHost = false;
    hasLength = false;
    isInChunks = false;
    expectsContinue = false;
    hasBearing = false;
    length = 0;
  }

  /// The end of the head in the first `to` of `bytes`, or [#UNFINISHED]. In the latter case it is
  /// to be called again, with the same bytes and those that follow. Empty lines before the head are
  /// skipped.
  ///
  /// @throws Problem if this server does not accept the head
  int read(byte[] bytes, int to) {
    while (true) {
      int lf = Octets.indexOf(LF, bytes, searchedTo, to);
      checkLength(lf < 0 ? to : lf);
      if (lf < 0) {
        searchedTo = to;
        return UNFINISHED;
      }
      int from = lineFrom;
      int end = lf - 1;
      if (end < from || bytes[end] != CR) {
        throw badRequest("a line of the request ends by LF alone, not by CR LF");
      }
      lineFrom = lf + 1;
      searchedTo = lineFrom;
      if (headersFrom > 0) {
        if (end == from) {
          checkAll();
          return lineFrom;
        }
        header(bytes, from, end);
      } else if (end > from) {
        line.read(bytes, from, end);
        headersFrom = lineFrom;
      }
    }
  }

  /// The first line, once it has arrived.
  RequestLine line() {
    return line;
  }

  /// The length in `Content-Length`; 0 if there is none.
  long length() {
    return length;
  }

  boolean isInChunks() {
    return isInChunks;
  }

  /// Whether the client may wait for a 100 before it sends the body (RFC 9110, section 10.1.1).
  boolean expectsContinue() {
    return expectsContinue;
  }

  /// Whether a header has a bearing on how a GET is answered or on what follows it: it announces a
  /// body, or concerns the connection or the page that sent the request. `Connection: keep-alive`,
  /// which says what holds anyway, has none.
  boolean hasBearing() {
    return hasBearing;
  }

  private void checkLength(int to) {
    if (headersFrom == 0 && to - lineFrom > longest) {
      throw new Problem(
          Status.REQUEST_URI_TOO_LONG_414,
          "the first line of the request is longer than this server accepts (--max-header)");
    }
    if (headersFrom > 0 && to - headersFrom > longest) {
      throw new Problem(
          Status.create(431, "Request Header Fields Too Large"),
          "the headers of the request are longer than this server accepts (--max-header)");
    }
  }

  private void header(byte[] bytes, int from, int to) {
    if (bytes[from] == ' ' || bytes[from] == '\t') {
      throw badRequest("a header continues on a second line, which is obsolete");
    }
    int colon = from;
    while (colon < to && Octets.isToken(bytes[colon])) {
      colon++;
    }
    if (colon == to || bytes[colon] != ':' || colon == from) {
      throw noName(bytes, from, colon, to);
    }
    int value = colon + 1;
    for (int i = value; i < to; i++) {
      if (!Octets.isValue(bytes[i])) {
        throw badRequest(name(bytes, from, colon) + ": has a control character");
      }
    }
    while (value < to && isSpace(bytes[value])) {
      value++;
    }
    int end = to;
    while (end > value && isSpace(bytes[end - 1])) {
      end--;
    }
    understand(bytes, from, colon, value, end);
  }

  private void understand(byte[] bytes, int from, int colon, int value, int end) {
    switch (colon - from) {
      case 4 -> {
        if (Octets.equalsIgnoreCase(bytes, from, colon, "host")) {
          host(bytes, value, end);
        }
      }
      case 6 -> {
        if (Octets.equalsIgnoreCase(bytes, from, colon, "expect")) {
          hasBearing = true;
          expectsContinue |= Octets.equalsIgnoreCase(bytes, value, end, "100-continue");
        }
        hasBearing |= Octets.equalsIgnoreCase(bytes, from, colon, "origin");
      }
      case 7 -> hasBearing |= Octets.equalsIgnoreCase(bytes, from, colon, "upgrade");
      case 10 ->
          hasBearing |=
              Octets.equalsIgnoreCase(bytes, from, colon, "connection")
                  && !Octets.equalsIgnoreCase(bytes, value, end, "keep-alive");
      case 14 -> {
        if (Octets.equalsIgnoreCase(bytes, from, colon, "content-length")) {
          hasBearing = true;
          length(bytes, value, end);
        }
      }
      case 16 -> hasBearing |= Octets.equalsIgnoreCase(bytes, from, colon, "content-encoding");
      case 17 -> {
        if (Octets.equalsIgnoreCase(bytes, from, colon, "transfer-encoding")) {
          hasBearing = true;
          coding(bytes, value, end);
        }
      }
      default -> {}
    }
  }

  private void host(byte[] bytes, int from, int to) {
    if (hasHost) {
      throw badRequest("Host: must be given once only");
    }
    hasHost = true;
    if (!Octets.isAuthority(bytes, from, to)) {
      throw badRequest("Host: must be a name or an address, and its port if it has one");
    }
  }

  private void length(byte[] bytes, int from, int to) {
    if (hasLength || from == to || to - from > 18) {
      throw noLength();
    }
    hasLength = true;
    for (int i = from; i < to; i++) {
      if (!Octets.isDigit(bytes[i])) {
        throw noLength();
      }
      length = 10 * length + bytes[i] - '0';
    }
  }

  private void coding(byte[] bytes, int from, int to) {
    if (isInChunks || !Octets.equalsIgnoreCase(bytes, from, to, "chunked")) {
      throw new Problem(
          Status.NOT_IMPLEMENTED_501, "Transfer-Encoding: this server accepts 'chunked' only");
    }
    isInChunks = true;
  }

  private void checkAll() {
    if (hasLength && isInChunks) {
      throw noLength();
    }
    if (line.isHttp10() && isInChunks) {
      throw badRequest("Transfer-Encoding: there are no chunks in HTTP/1.0");
    }
    if (!hasHost && !line.isHttp10()) {
      throw badRequest("Host: is missing");
    }
  }

  private static Problem noLength() {
    return Problem.badRequest(
        "Content-Length", "must be one number, and not be sent with Transfer-Encoding");
  }

  private static Problem noName(byte[] bytes, int from, int to, int end) {
    if (Octets.indexOf((byte) ':', bytes, to, end) < 0) {
      return badRequest("a line of the headers has no colon");
    }
    if (to > from && isSpace(bytes[to])) {
      return badRequest(name(bytes, from, to) + ": has a space before its colon");
    }
    return badRequest("the name of a header has a character that no name has, or is empty");
  }

  private static String name(byte[] bytes, int from, int to) {
    return Octets.text(bytes, from, Math.min(to, from + 64));
  }

  private static boolean isSpace(byte octet) {
    return octet == ' ' || octet == '\t';
  }

  private static Problem badRequest(String detail) {
    return new Problem(Status.BAD_REQUEST_400, detail);
  }
}
