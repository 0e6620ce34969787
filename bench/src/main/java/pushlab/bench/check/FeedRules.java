package pushlab.bench.check;

import static pushlab.bench.check.Rule.Weight.FOUNDATION;
import static pushlab.bench.check.Rule.Weight.RECOMMENDED;
import static pushlab.bench.check.Rule.Weight.REQUIRED;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pushlab.bench.check.CheckedServer.SeenSnapshot;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Rule.Skipped;

/// The rules of every transport that sends one version after the other.
final class FeedRules {

  private static final int CLIENTS = 5;
  private static final int IN_TURN = 5;
  private static final int IN_QUICK_SUCCESSION = 20;

  private static final int TIMED = 20;

  /// Less than the 200 ms for which TCP's delayed acknowledgement may hold back a part of an
  /// answer, and more than a user can see.
  static final Duration LATE = Duration.ofMillis(100);

  private final String name;
  private final CheckedServer server;
  private final Limits limits;
  private final Feed.Opener opener;

  /// Connects again.
  @FunctionalInterface
  interface Resuming {
    /// A feed that continues after the version in `query`.
    Feed open(String query) throws Broken, Skipped, IOException, InterruptedException;
  }

  FeedRules(String name, CheckedServer server, Limits limits, Feed.Opener opener) {
    this.name = name;
    this.server = server;
    this.limits = limits;
    this.opener = opener;
  }

  List<Rule> rules() {
    return List.of(
        new Rule(
            name + ": first snapshot",
            FOUNDATION,
            "a client that connects receives the current status and version at once",
            "the page stays empty until the status changes",
            Source.SAME_AT_FIRST,
            this::tellsThePresentOne),
        new Rule(
            name + ": each update",
            REQUIRED,
            "each of %d clients receives each update at once, and only once".formatted(CLIENTS),
            "some pages show an old status, or get the same one twice",
            Source.ALL_AT_ONCE,
            this::tellsAllOfEachUpdate),
        new Rule(
            name + ": in order",
            REQUIRED,
            "during updates in quick succession, each version that arrives is newer than the one before,"
                + " and the last version arrives",
            "a page shows an older status after a newer one",
            Source.VERSION,
            this::keepsTheOrder));
  }

  /// For transports whose versions are parts of an answer, which something may hold back.
  Rule withoutDelay() {
    return new Rule(
        name + ": without delay",
        RECOMMENDED,
        "a version arrives no later than 0.1 s after the answer to its update",
        "each page shows an update later than it could",
        Source.ALL_AT_ONCE,
        this::comesWithoutDelay);
  }

  /// For transports that resume from the version in their query.
  ///
  /// @param path of the transport
  /// @param parameter of the query
  /// @param resuming opens a feed with a query
  Rule resumes(String path, String parameter, Resuming resuming) {
    return new Rule(
        name + ": resumes",
        RECOMMENDED,
        ("after a reconnection with %s, a version is sent at once if there is a newer one, and"
                + " otherwise not")
            .formatted(parameter),
        "after each reconnection, the page receives what it already has",
        Source.contract(path + " takes last_version in the query"),
        () -> resumes(parameter, resuming));
  }

  private void tellsThePresentOne() throws Broken, Skipped, IOException, InterruptedException {
    open(server.current()).close();
  }

  /// Opens a feed, and reads the snapshot `present` from it.
  private Feed open(SeenSnapshot present)
      throws Broken, Skipped, IOException, InterruptedException {
    Feed feed = opener.open();
    try {
      expect(feed.first(limits.atOnce()), present);
      return feed;
    } catch (Broken e) {
      feed.close();
      throw e;
    }
  }

  private void tellsAllOfEachUpdate() throws Broken, Skipped, IOException, InterruptedException {
    var feeds = new ArrayList<Feed>();
    try {
      SeenSnapshot present = server.current();
      for (int client = 0; client < CLIENTS; client++) {
        feeds.add(open(present));
      }
      for (int update = 0; update < IN_TURN; update++) {
        SeenSnapshot now = server.update();
        for (Feed feed : feeds) {
          expectNext(feed, now);
        }
      }
      for (Feed feed : feeds) {
        expectNothing(feed);
      }
    } finally {
      feeds.forEach(Feed::close);
    }
  }

  private void expectNext(Feed feed, SeenSnapshot due) throws Broken, InterruptedException {
    expect(feed.next(limits.atOnce()), due);
  }

  private void expect(Feed.Message message, SeenSnapshot due) throws Broken {
    SeenSnapshot told = server.snapshot(message.text());
    Broken.unless(told.equals(due), "%s arrived instead of %s".formatted(told, due));
  }

  private void expectNothing(Feed feed) throws Broken, InterruptedException {
    Optional<Feed.Message> more = feed.poll(limits.stillHeld().dividedBy(CLIENTS));
    Broken.unless(
        more.isEmpty(),
        "%s arrived a second time".formatted(more.map(Feed.Message::text).orElse("")));
  }

  private void keepsTheOrder() throws Broken, Skipped, IOException, InterruptedException {
    SeenSnapshot seen = server.current();
    try (Feed feed = open(seen)) {
      for (int update = 1; update < IN_QUICK_SUCCESSION; update++) {
        server.update();
      }
      SeenSnapshot last = server.update();
      while (last.version().isNewerThan(seen.version())) {
        SeenSnapshot next = server.snapshot(feed.next(limits.atOnce()).text());
        Broken.unless(
            next.version().isNewerThan(seen.version()),
            "version %s arrived after %s".formatted(next.version(), seen.version()));
        seen = next;
      }
    }
  }

  /// A busy machine delays some versions, but a buffering proxy delays each. So one version in time
  /// is enough to pass.
  private void comesWithoutDelay() throws Broken, Skipped, IOException, InterruptedException {
    Duration quickest = limits.atOnce();
    try (Feed stream = opener.open()) {
      SeenSnapshot seen = server.snapshot(stream.next(limits.atOnce()).text());
      for (int update = 0; update < TIMED; update++) {
        long start = System.nanoTime();
        Call sent = server.startUpdate(server.others(seen.status()).getFirst());
        seen = server.snapshot(stream.next(limits.atOnce()).text());
        Duration arrival = Duration.ofNanos(System.nanoTime() - start);
        server.accepted(sent);
        Duration late = arrival.minus(sent.took());
        if (late.compareTo(LATE) < 0) {
          return;
        }
        quickest = late.compareTo(quickest) < 0 ? late : quickest;
      }
    }
    throw Broken.maybeBy(
        RoadFault.DELAYS,
        "each of %d versions arrived %d ms or more after the answer to its update"
            .formatted(TIMED, quickest.toMillis()));
  }

  private void resumes(String parameter, Resuming resuming)
      throws Broken, Skipped, IOException, InterruptedException {
    SeenSnapshot before = server.current();
    String query = CheckedServer.pair(parameter, before.version().toString());
    try (Feed feed = resuming.open(query)) {
      Optional<Feed.Message> again = feed.poll(limits.stillHeld());
      Broken.unless(
          again.isEmpty(),
          "with the current version, it sent %s"
              .formatted(again.map(Feed.Message::text).orElse("")));
    }
    SeenSnapshot now = server.update();
    try (Feed feed = resuming.open(query)) {
      SeenSnapshot told = server.snapshot(feed.next(limits.atOnce()).text());
      Broken.unless(told.equals(now), "it continued with %s instead of %s".formatted(told, now));
    }
  }
}
