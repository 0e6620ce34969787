package pushlab.server.net.http1;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.CloseConnectionException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pushlab.server.http.Problem;
import pushlab.server.net.line.Exchanges;
import pushlab.server.net.line.Line;
import pushlab.server.net.line.Outgoing;

/// What Helidon reads of the requests on one HTTP/1 connection: the bytes that come in, cut at the
/// ends of the requests, with what Helidon would not take put into the words that it does.
///
/// ```
///   socket --> Line --> Requests --> Helidon
///                           |
///                           +--> a refusal, and the connection is closed
/// ```
///
/// Helidon asks for the next bytes only once it has done with those before, so a refusal never
/// overtakes an answer. Bodies of a length are passed on as they come. A request that comes in one
/// piece, alone, is handed on as the very array that was read.
public final class Requests implements Supplier<byte @Nullable []>, Exchanges {

  private static final byte[] NOTHING = {};

  private enum Next {
    HEAD,
    BODY,
    CHUNKS,
    REFUSED
  }

  private final Line in;
  private final Outgoing out;
  private final int headerBytes;
  private final RequestHead head;
  private Next next = Next.HEAD;
  private byte[] came = NOTHING;
  private long bodyLeft;
  private boolean amidHead;
  private boolean bodyWanted;
  private Chunks chunks;

  /// Requests that come by `in` for as long as it carries any. Refusals go to `out`. What one may
  /// have of headers, and of chunk extensions and trailers, is `headerBytes`.
  public Requests(Line in, int headerBytes) {
    this.in = in;
    this.out = in.out();
    this.headerBytes = headerBytes;
    this.head = new RequestHead(headerBytes);
    this.chunks = new Chunks(headerBytes);
  }

  @Override
  public boolean leaveBytesUnread() {
    return in.carriesRequests() && (next != Next.HEAD || amidHead || came.length > 0);
  }

  @Override
  public void requested(WritableHeaders<?> headers) {
    Canonical.spell(headers, head);
  }

  /// By HTTP/1.0 it has no chunks. One
  /// to HEAD has a length only if GET's is known, which is never 0. If the client may still hold
  /// back the body that it announced, nobody knows whether the next bytes are of that body, so the
  /// connection ends.
  @Override
  public void answering(WritableHeaders<?> headers) {
    if (head.line().isHttp10() && headers.contains(HeaderNames.TRANSFER_ENCODING)) {
      headers.remove(HeaderNames.TRANSFER_ENCODING);
      out.dropsChunks();
    }
    if (head.line().isHead() && headers.contains(HeaderValues.CONTENT_LENGTH_ZERO)) {
      headers.remove(HeaderNames.CONTENT_LENGTH);
    }
    if (head.expectsContinue() && !bodyWanted && next != Next.HEAD) {
      headers.set(HeaderValues.CONNECTION_CLOSE);
    }
  }

  @Override
  public byte @Nullable [] get() {
    if (!in.carriesRequests()) {
      return take();
    }
    return switch (next) {
      case HEAD -> nextHead();
      case BODY -> nextOfBody();
      case CHUNKS -> nextOfChunks();
      case REFUSED -> null;
    };
  }

  private byte @Nullable [] nextHead() {
    byte[] bytes = take();
    if (bytes == null) {
      return null;
    }
    head.begin();
    amidHead = true;
    try {
      int end = head.read(bytes, bytes.length);
      while (end == RequestHead.UNFINISHED) {
        in.requestBegun();
        byte[] more = in.read();
        if (more == null) {
          return null;
        }
        int length = bytes.length;
        bytes = Arrays.copyOf(bytes, length + more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        end = head.read(bytes, bytes.length);
      }
      amidHead = false;
      byte[] taken = head.line().inOriginForm(bytes);
      return begin(taken, end - (bytes.length - taken.length));
    } catch (Problem problem) {
      next = Next.REFUSED;
      RequestLine line = head.line();
      out.writeNow(BufferData.create(RefusalText.of(problem, line.path(bytes), line.isHead())));
      throw new CloseConnectionException("no request that this server takes");
    }
  }

  /// What Helidon is handed of `bytes`, which begin with a head that ends at `end`.
  private byte[] begin(byte[] bytes, int end) {
    bodyLeft = head.length();
    bodyWanted = false;
    if (head.isInChunks()) {
      chunks = new Chunks(headerBytes);
      next = Next.CHUNKS;
      return split(bytes, end);
    }
    if (bodyLeft > 0 && head.expectsContinue()) {
      next = Next.BODY;
      return split(bytes, end);
    }
    int ofBody = (int) Math.min(bodyLeft, bytes.length - end);
    bodyLeft -= ofBody;
    next = bodyLeft == 0 ? Next.HEAD : Next.BODY;
    return split(bytes, end + ofBody);
  }

  private byte @Nullable [] nextOfBody() {
    bodyWanted = true;
    byte[] bytes = take();
    if (bytes == null) {
      return null;
    }
    int ofBody = (int) Math.min(bodyLeft, bytes.length);
    bodyLeft -= ofBody;
    next = bodyLeft == 0 ? Next.HEAD : Next.BODY;
    return split(bytes, ofBody);
  }

  private byte @Nullable [] nextOfChunks() {
    bodyWanted = true;
    while (true) {
      chunks.checkSound();
      byte[] bytes = take();
      if (bytes == null) {
        return null;
      }
      int end = chunks.read(bytes, 0);
      next = chunks.isOver() ? Next.HEAD : Next.CHUNKS;
      if (chunks.kept() == bytes.length) {
        return bytes;
      }
      came = Arrays.copyOfRange(bytes, end, bytes.length);
      if (chunks.kept() > 0) {
        return Arrays.copyOf(bytes, chunks.kept());
      }
    }
  }

  /// The bytes that came before and were not handed on, or else the next.
  private byte @Nullable [] take() {
    if (came.length == 0) {
      return in.read();
    }
    byte[] bytes = came;
    came = NOTHING;
    return bytes;
  }

  /// The first `length` of `bytes`; those after them are kept.
  private byte[] split(byte[] bytes, int length) {
    if (length == bytes.length) {
      return bytes;
    }
    came = Arrays.copyOfRange(bytes, length, bytes.length);
    return Arrays.copyOf(bytes, length);
  }
}
