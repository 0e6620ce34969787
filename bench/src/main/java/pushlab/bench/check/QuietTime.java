package pushlab.bench.check;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.bench.check.CheckedServer.SeenSnapshot;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Rule.Skipped;

/// One hold without an update, with polls that are held and streams that are silent. It is waited
/// for once, when it is first needed.
final class QuietTime {

  /// How many polls are equal, and how many differ by a query parameter.
  static final int POLLS = 10;

  /// A poll at the end of the hold.
  ///
  /// @param answer empty if there was none within the longest hold that passes
  /// @param closed why its connection ended without an answer; null if it did not
  /// @param took the time to the answer or to the end
  record Held(Optional<HttpAnswer> answer, @Nullable IOException closed, Duration took) {}

  /// @param equal polls with one and the same address
  /// @param different polls that differ by a query parameter; empty if the server does not hold
  ///     them as it holds the others
  /// @param streams the names of the streams and WebSockets that were open
  /// @param ended after which time those ended that did
  record Seen(
      List<Held> equal, List<Held> different, List<String> streams, Map<String, Duration> ended) {

    /// Polls that a cache has no reason to take for equal, if the server holds such polls.
    List<Held> apart() {
      return different.isEmpty() ? equal : different;
    }
  }

  private final CheckedServer server;
  private final Limits limits;
  private final List<Feed.Kind> kinds;
  private @Nullable Seen seen;

  /// @param kinds what is silent meanwhile, as far as the server has it
  QuietTime(CheckedServer server, Limits limits, List<Feed.Kind> kinds) {
    this.server = server;
    this.limits = limits;
    this.kinds = kinds;
  }

  /// What was seen. The first call takes as long as a hold.
  Seen seen() throws Broken, IOException, InterruptedException {
    if (seen == null) {
      seen = look();
    }
    return seen;
  }

  private Seen look() throws Broken, IOException, InterruptedException {
    // To open one may take an update.
    Map<String, Feed> open = open();
    var ended = new ConcurrentHashMap<String, Duration>();
    var watchers =
        open.entrySet().stream()
            .map(one -> Thread.startVirtualThread(() -> watch(one.getKey(), one.getValue(), ended)))
            .toList();
    try {
      SeenSnapshot now = server.current();
      List<Call> equal = polls(_ -> server.poll(now.version()));
      List<Call> different = polls(number -> server.poll(now.version(), number));
      List<Call> all = Stream.concat(equal.stream(), different.stream()).toList();
      Call.awaitAll(all, limits.longestHold());
      var ofEqual = new ArrayList<Held>();
      for (Call poll : equal) {
        ofEqual.add(held(poll));
      }
      var ofDifferent = new ArrayList<Held>();
      for (Call poll : different) {
        ofDifferent.add(held(poll));
      }
      boolean alike = anyAtOnce(ofEqual) == anyAtOnce(ofDifferent);
      return new Seen(
          ofEqual, alike ? ofDifferent : List.of(), List.copyOf(open.keySet()), Map.copyOf(ended));
    } finally {
      watchers.forEach(Thread::interrupt);
      open.values().forEach(Feed::close);
    }
  }

  private static List<Call> polls(IntFunction<Call> poll) {
    return IntStream.range(0, POLLS).mapToObj(poll).toList();
  }

  private Held held(Call poll) throws InterruptedException {
    try {
      Optional<HttpAnswer> answer = poll.peek(Duration.ZERO);
      poll.leave();
      return new Held(answer, null, answer.isPresent() ? poll.took() : limits.longestHold());
    } catch (IOException e) {
      return new Held(Optional.empty(), e, poll.took());
    }
  }

  private boolean anyAtOnce(List<Held> polls) {
    return polls.stream().anyMatch(poll -> poll.took().compareTo(limits.stillHeld()) < 0);
  }

  private Map<String, Feed> open() throws InterruptedException {
    var open = new LinkedHashMap<String, Feed>();
    for (Feed.Kind kind : kinds) {
      try {
        open.put(kind.name(), kind.opener().open());
      } catch (Broken | Skipped | IOException _) {
        // The rules of the stream say why.
      }
    }
    return open;
  }

  private void watch(String name, Feed feed, Map<String, Duration> ended) {
    long start = System.nanoTime();
    try {
      while (true) {
        var _ = feed.poll(limits.longestHold());
      }
    } catch (Broken _) {
      ended.put(name, Duration.ofNanos(System.nanoTime() - start));
    } catch (InterruptedException _) {
      // The hold is over.
    }
  }
}
