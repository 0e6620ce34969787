package pushlab.server.net.http1;

import io.helidon.http.Status;
import org.jspecify.annotations.Nullable;
import pushlab.server.http.Problem;

/// Reads a body in chunks (RFC 9112, section 7.1) as it arrives. Drops chunk extensions and
/// trailers: Helidon does not accept them, and nothing here needs them.
final class Chunks {

  /// The maximum number of digits of a chunk's size. A longer size exceeds any body that is
  /// accepted.
  private static final int LONGEST_SIZE = 15;

  private enum Next {
    SIZE,
    EXTENSION,
    LF_OF_SIZE,
    DATA,
    CR_OF_DATA,
    LF_OF_DATA,
    TRAILER,
    IN_TRAILER,
    LF_OF_TRAILER,
    LF_OF_BODY,
    NOTHING
  }

  private final int longestDropped;
  private Next next = Next.SIZE;
  private long size;
  private int digits;
  private int dropped;
  private int kept;
  private @Nullable Problem fault;

  /// A body whose extensions and trailers together may be `longestDropped` bytes long.
  Chunks(int longestDropped) {
    this.longestDropped = longestDropped;
  }

  /// Whether the whole body has been read.
  boolean isOver() {
    return next == Next.NOTHING;
  }

  /// Reads `bytes` from `from` to the end of the body or of the array, or to the first fault.
  /// Returns where it stopped. The bytes to pass on are then between `from` and [#kept].
  int read(byte[] bytes, int from) {
    kept = from;
    int at = from;
    while (at < bytes.length && next != Next.NOTHING && fault == null) {
      if (next == Next.DATA) {
        int length = (int) Math.min(size, bytes.length - at);
        System.arraycopy(bytes, at, bytes, kept, length);
        kept += length;
        at += length;
        size -= length;
        next = size == 0 ? Next.CR_OF_DATA : Next.DATA;
      } else {
        byte octet = bytes[at++];
        if (keeps(octet)) {
          bytes[kept++] = octet;
        } else if (fault == null && ++dropped > longestDropped) {
          fault =
              new Problem(
                  Status.REQUEST_ENTITY_TOO_LARGE_413,
                  "body: its chunk extensions and trailers are longer than this server accepts");
        }
      }
    }
    return at;
  }

  /// To be called when all bytes before a fault have been passed on.
  ///
  /// @throws Problem if the body is malformed
  void checkSound() {
    if (fault != null) {
      throw fault.with("Connection", "close");
    }
  }

  int kept() {
    return kept;
  }

  /// Processes `octet`. Returns whether it is to be passed on.
  private boolean keeps(byte octet) {
    return switch (next) {
      case SIZE -> size(octet);
      case EXTENSION -> octet == '\r' ? go(Next.LF_OF_SIZE) : drop(Octets.isValue(octet));
      case LF_OF_SIZE -> {
        Next data = size == 0 ? Next.TRAILER : Next.DATA;
        digits = 0;
        yield expect('\n', octet, data);
      }
      case CR_OF_DATA -> expect('\r', octet, Next.LF_OF_DATA);
      case LF_OF_DATA -> expect('\n', octet, Next.SIZE);
      case TRAILER -> {
        if (octet == '\r') {
          yield go(Next.LF_OF_BODY);
        }
        next = Next.IN_TRAILER;
        yield drop(Octets.isToken(octet));
      }
      case IN_TRAILER -> {
        if (octet == '\r') {
          next = Next.LF_OF_TRAILER;
          yield false;
        }
        yield drop(Octets.isValue(octet));
      }
      case LF_OF_TRAILER -> {
        next = Next.TRAILER;
        yield drop(octet == '\n');
      }
      case LF_OF_BODY -> expect('\n', octet, Next.NOTHING);
      case DATA, NOTHING -> throw new IllegalStateException(next.toString());
    };
  }

  private boolean size(byte octet) {
    if (digits > 0 && octet == '\r') {
      return go(Next.LF_OF_SIZE);
    }
    if (digits > 0 && (octet == ';' || octet == ' ' || octet == '\t')) {
      next = Next.EXTENSION;
      return false;
    }
    if (!Octets.isHex(octet) || digits == LONGEST_SIZE) {
      return broken("has a chunk whose size is no number");
    }
    size = (digits == 0 ? 0 : 16 * size) + Character.digit(octet, 16);
    digits++;
    return true;
  }

  private boolean go(Next then) {
    next = then;
    return true;
  }

  private boolean expect(char expected, byte octet, Next then) {
    if (octet != expected) {
      return broken("has a chunk that does not end where its size says");
    }
    return go(then);
  }

  private boolean drop(boolean allowed) {
    return !allowed && broken("has a chunk extension or a trailer with a character that none has");
  }

  private boolean broken(String detail) {
    fault = Problem.badRequest("body", detail);
    return false;
  }
}
