package pushlab.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.ThreadLocalRandom;
import pushlab.server.http.Problem;

/// What an event source gets from a server that is full: a stream that says when to return, and is
/// cut at once. It treats a 503 as final and never returns (HTML standard, section 9.2.2).
public final class RefusedStream {

  private static final int LEAST_MILLIS = 5_000;
  private static final int MOST_MILLIS = 10_000;

  private RefusedStream() {}

  /// Whether a client that sent `accept` as its `Accept` is an event source: it names the type.
  public static boolean isFor(String accept) {
    return accept.contains("text/event-stream");
  }

  /// The whole stream: `retry`, 5 to 10 s at random, and why, as a comment.
  public static byte[] of(Problem full) {
    int millis = ThreadLocalRandom.current().nextInt(LEAST_MILLIS, MOST_MILLIS + 1);
    return "retry: %d\n: %s\n".formatted(millis, full.detail()).getBytes(UTF_8);
  }
}
