package pushlab.server.net.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// The kinds of bytes in a request (RFC 9110, section 5.6.2; RFC 3986, section 3), looked up in a
/// table.
final class Octets {

  private static final int TOKEN = 1;
  private static final int TARGET = 2;
  private static final int HOST = 4;
  private static final int VALUE = 8;
  private static final int HEX = 16;
  private static final int LETTER_OR_DIGIT = 32;
  private static final byte[] KINDS = kinds();

  private Octets() {}

  private static byte[] kinds() {
    byte[] kinds = new byte[256];
    for (int octet = 0; octet < 256; octet++) {
      boolean letterOrDigit = octet < 128 && Character.isLetterOrDigit(octet);
      boolean unreserved = letterOrDigit || "-._~".indexOf(octet) >= 0;
      boolean subDelimiter = "!$&'()*+,;=".indexOf(octet) >= 0;
      int kind = letterOrDigit || "!#$%&'*+-.^_`|~".indexOf(octet) >= 0 ? TOKEN : 0;
      kind |= unreserved || subDelimiter || ":@/?%".indexOf(octet) >= 0 ? TARGET : 0;
      kind |= unreserved || subDelimiter || octet == '%' ? HOST : 0;
      kind |= octet == '\t' || (octet >= ' ' && octet != 127) ? VALUE : 0;
      kind |= octet < 128 && Character.digit(octet, 16) >= 0 ? HEX : 0;
      kind |= letterOrDigit ? LETTER_OR_DIGIT : 0;
      kinds[octet] = (byte) kind;
    }
    return kinds;
  }

  /// Whether `octet` may be in a token, such as a method or the name of a header.
  static boolean isToken(byte octet) {
    return is(octet, TOKEN);
  }

  /// Whether `octet` may be in a path with a query.
  static boolean isTarget(byte octet) {
    return is(octet, TARGET);
  }

  /// Whether `octet` may be in the name of a host.
  static boolean isHost(byte octet) {
    return is(octet, HOST);
  }

  /// Whether `octet` may be in the value of a header. Bytes beyond ASCII may (RFC 9110, section
  /// 5.5).
  static boolean isValue(byte octet) {
    return is(octet, VALUE);
  }

  static boolean isHex(byte octet) {
    return is(octet, HEX);
  }

  static boolean isLetterOrDigit(byte octet) {
    return is(octet, LETTER_OR_DIGIT);
  }

  static boolean isDigit(byte octet) {
    return octet >= '0' && octet <= '9';
  }

  /// Whether `bytes` from `from` to `to` are the name or address of a host, with or without a port
  /// (RFC 3986, section 3.2).
  static boolean isAuthority(byte[] bytes, int from, int to) {
    int end = from;
    if (from < to && bytes[from] == '[') {
      end++;
      while (end < to && (isHex(bytes[end]) || bytes[end] == ':' || bytes[end] == '.')) {
        end++;
      }
      if (end == to || bytes[end++] != ']') {
        return false;
      }
    } else {
      while (end < to && isHost(bytes[end])) {
        end++;
      }
    }
    if (end == from || end == to) {
      return end > from;
    }
    if (bytes[end++] != ':' || to - end > 5) {
      return false;
    }
    while (end < to && isDigit(bytes[end])) {
      end++;
    }
    return end == to;
  }

  private static boolean is(byte octet, int kind) {
    return (KINDS[octet & 0xff] & kind) != 0;
  }

  /// Whether `bytes` from `from` to `to` are `lowerCase` in any case.
  static boolean equalsIgnoreCase(byte[] bytes, int from, int to, String lowerCase) {
    if (to - from != lowerCase.length()) {
      return false;
    }
    for (int i = 0; i < lowerCase.length(); i++) {
      byte octet = bytes[from + i];
      int lower = octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
      if (lower != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// Whether `bytes` from `from` to `to` are `text`.
  static boolean equals(byte[] bytes, int from, int to, String text) {
    if (to - from != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// The first index of `octet` in `bytes` from `from` to `to`, or -1.
  static int indexOf(byte octet, byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == octet) {
        return i;
      }
    }
    return -1;
  }

  static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, ISO_8859_1);
  }
}
