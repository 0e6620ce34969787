package pushlab.server.net.http1;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pushlab.server.http.Problem;
import pushlab.server.transport.PlainPoll;

/// Recognises requests for the long poll in their usual form, as browsers and programs send them:
/// `GET /poll-status` with valid parameters, each once at most and without escapes, and no header
/// that has a bearing on the answer. Every other form is for Helidon, which finds out what it
/// means and what is wrong with it. For one thread.
public final class PlainPolls {

  private static final String PATH = "/poll-status";
  private static final int LONGEST_TASK = 64;
  private static final int LONGEST_EPOCH = 32;
  private static final int LONGEST_VERSION = 18;
  private static final int LONGEST_WAIT_MILLIS = 30_000;

  private final RequestHead head;

  /// Recognises requests whose first line, and whose headers together, have up to `headerBytes`.
  public PlainPolls(int headerBytes) {
    this.head = new RequestHead(headerBytes);
  }

  /// The poll that the first `length` of `bytes` are; empty if they are anything else, or more or
  /// less than one request.
  public Optional<PlainPoll> read(byte[] bytes, int length) {
    if (length < PATH.length() || bytes[0] != 'G') {
      return Optional.empty();
    }
    head.begin();
    try {
      return head.read(bytes, length) == length ? of(head, bytes) : Optional.empty();
    } catch (Problem _) {
      return Optional.empty();
    }
  }

  /// The poll whose `head` was read from `bytes`; empty if it is anything else.
  static Optional<PlainPoll> of(RequestHead head, byte[] bytes) {
    RequestLine line = head.line();
    if (head.hasBearing()
        || !line.isPlainGet(bytes)
        || !Octets.equals(bytes, line.target(), line.pathEnd(), PATH)) {
      return Optional.empty();
    }
    return new Query(bytes).read(line.target(), line.pathEnd(), line.targetEnd());
  }

  /// The parameters of one request.
  private static final class Query {

    private final byte[] bytes;
    private @Nullable String task;
    private @Nullable String epoch;
    private long version = -1;
    private int waitMillis = -1;

    private Query(byte[] bytes) {
      this.bytes = bytes;
    }

    /// `path` ends at `pathEnd`, and after it there is nothing, or a question mark and pairs.
    private Optional<PlainPoll> read(int path, int pathEnd, int end) {
      for (int from = pathEnd; from < end; ) {
        int ampersand = Octets.indexOf((byte) '&', bytes, from + 1, end);
        int to = ampersand < 0 ? end : ampersand;
        if (!pair(from + 1, to)) {
          return Optional.empty();
        }
        from = to;
      }
      return Optional.of(
          new PlainPoll(task, epoch, version, waitMillis, Octets.text(bytes, path, end)));
    }

    private boolean pair(int from, int to) {
      int equals = Octets.indexOf((byte) '=', bytes, from, to);
      if (equals < 0 || equals + 1 == to) {
        return false;
      }
      int value = equals + 1;
      return switch (equals - from) {
        case 4 ->
            Octets.equals(bytes, from, equals, "task")
                ? task(value, to)
                : Octets.equals(bytes, from, equals, "wait") && wait(value, to);
        case 5 -> Octets.equals(bytes, from, equals, "epoch") && epoch(value, to);
        case 12 -> Octets.equals(bytes, from, equals, "last_version") && version(value, to);
        default -> false;
      };
    }

    private boolean task(int from, int to) {
      if (task != null || to - from > LONGEST_TASK) {
        return false;
      }
      for (int i = from; i < to; i++) {
        if (!Octets.isLetterOrDigit(bytes[i]) && "._-".indexOf(bytes[i]) < 0) {
          return false;
        }
      }
      task = Octets.text(bytes, from, to);
      return true;
    }

    private boolean epoch(int from, int to) {
      if (epoch != null || to - from > LONGEST_EPOCH) {
        return false;
      }
      for (int i = from; i < to; i++) {
        if (!Octets.isLetterOrDigit(bytes[i])) {
          return false;
        }
      }
      epoch = Octets.text(bytes, from, to);
      return true;
    }

    private boolean version(int from, int to) {
      if (version >= 0 || to - from > LONGEST_VERSION) {
        return false;
      }
      version = number(from, to);
      return version >= 0;
    }

    /// Whole seconds only: clients that ask for less are rare.
    private boolean wait(int from, int to) {
      if (waitMillis >= 0 || to - from > 2) {
        return false;
      }
      waitMillis = 1000 * (int) number(from, to);
      return waitMillis >= 0 && waitMillis <= LONGEST_WAIT_MILLIS;
    }

    /// The number in `bytes` from `from` to `to`; -1 if there is something else.
    private long number(int from, int to) {
      long number = 0;
      for (int i = from; i < to; i++) {
        if (!Octets.isDigit(bytes[i])) {
          return -1;
        }
        number = 10 * number + bytes[i] - '0';
      }
      return number;
    }
  }
}
