package pushlab.server.net.http1;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.CloseConnectionException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pushlab.server.http.Problem;
import pushlab.server.net.line.Exchanges;
import pushlab.server.net.line.Line;
import pushlab.server.net.line.Outgoing;
import pushlab.server.transport.HeldPolls;
import pushlab.server.transport.PlainPoll;

/// The bytes of the requests on one HTTP/1 connection, as Helidon reads them. They are cut at the
/// ends of the requests, and rewritten where Helidon would not accept a valid request.
///
/// ```
///   socket --> Line --> Requests --> Helidon
///                           |
///                           +--> a refusal, and the connection is closed
///                           +--> a plain poll, which is held as data, and the thread ends
/// ```
///
/// Helidon asks for more bytes only when it has finished with those before, so a refusal never
/// overtakes an answer. A body with a length is passed on as it arrives. A request that arrives
/// alone and in one piece is passed on in the array into which it was read.
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
  private final Optional<HeldPolls> polls;
  private Next next = Next.HEAD;
  private byte[] came;
  private boolean isFirst;
  private long bodyLeft;
  private boolean amidHead;
  private boolean bodyWanted;
  private Chunks chunks;

  /// The requests that arrive on `in`, until it carries frames. Refusals are written to the same
  /// line. `headerBytes` is the maximum for the headers of a request, and for the extensions and
  /// trailers of its chunks.
  ///
  /// @param came what the loop has read of the first request, which a thread is to answer; empty if
  ///     nothing was read yet
  /// @param polls holds plain polls as data; empty if the thread holds them
  public Requests(Line in, int headerBytes, byte[] came, Optional<HeldPolls> polls) {
    this.in = in;
    this.came = came;
    this.isFirst = came.length > 0;
    this.polls = polls;
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
  public boolean hasArrived() {
    return came.length > 0;
  }

  @Override
  public void requested(WritableHeaders<?> headers) {
    RequestLine line = head.line();
    if (line.isHttp10()) {
      headers.remove(HeaderNames.UPGRADE);
      headers.set(HeaderValues.CONNECTION_CLOSE);
    }
    if (!line.authority().isEmpty()) {
      headers.set(HeaderNames.HOST, line.authority());
    }
  }

  /// By HTTP/1.0 an answer has no chunks. An answer to HEAD has a length only if the length of the
  /// answer to GET is known, which is never 0. If the client may still hold back a body that it
  /// announced, the next bytes may be that body or a request, so the connection ends.
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
      holdAsData(bytes, end);
      isFirst = false;
      byte[] taken = head.line().inOriginForm(bytes);
      return begin(taken, end - (bytes.length - taken.length));
    } catch (Problem problem) {
      next = Next.REFUSED;
      RequestLine line = head.line();
      out.writeNow(BufferData.create(RefusalText.of(problem, line.path(bytes), line.isHead())));
      throw new CloseConnectionException("not a request that this server accepts");
    }
  }

  /// Ends this thread if `bytes`, whose head ends at `end`, are a plain poll and nothing else.
  private void holdAsData(byte[] bytes, int end) {
    if (polls.isPresent() && !isFirst && end == bytes.length) {
      Optional<PlainPoll> poll = PlainPolls.of(head, bytes);
      if (poll.isPresent() && in.giveAway()) {
        throw polls.get().asData(poll.get(), bytes);
      }
    }
  }

  /// The part of `bytes` that Helidon gets. The bytes begin with a head that ends at `end`.
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

  /// The bytes that have arrived and were not passed on, or else the next ones.
  private byte @Nullable [] take() {
    if (came.length == 0) {
      return in.read();
    }
    byte[] bytes = came;
    came = NOTHING;
    return bytes;
  }

  /// The first `length` of `bytes`. The rest is kept.
  private byte[] split(byte[] bytes, int length) {
    if (length == bytes.length) {
      return bytes;
    }
    came = Arrays.copyOfRange(bytes, length, bytes.length);
    return Arrays.copyOf(bytes, length);
  }
}
