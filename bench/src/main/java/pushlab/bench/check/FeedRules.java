package pushlab.bench.check;

import static pushlab.bench.check.Rule.Weight.FOUNDATION;
import static pushlab.bench.check.Rule.Weight.REQUIRED;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Rule.Skipped;
import pushlab.bench.check.Server.Snapshot;

/// What event streams and WebSockets owe their clients alike.
final class FeedRules {

  private static final int CLIENTS = 5;
  private static final int IN_TURN = 5;
  private static final int ONE_UPON_THE_OTHER = 20;

  private final String name;
  private final Server server;
  private final Limits limits;
  private final Feed.Opener opener;

  FeedRules(String name, Server server, Limits limits, Feed.Opener opener) {
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
            "who connects is told at once of the present status and version",
            "the page stays empty until the status happens to change",
            Source.SAME_AT_FIRST,
            this::tellsThePresentOne),
        new Rule(
            name + ": each update",
            REQUIRED,
            "each of %d clients is told of each update at once, and once".formatted(CLIENTS),
            "some pages show an old status, or the same one again",
            Source.ALL_AT_ONCE,
            this::tellsAllOfEachUpdate),
        new Rule(
            name + ": in order",
            REQUIRED,
            "while updates come one upon the other, each version that comes is newer than the one"
                + " before, and the last one comes",
            "a page shows an older status after a newer one",
            Source.VERSION,
            this::keepsTheOrder));
  }

  private void tellsThePresentOne() throws Broken, Skipped, IOException, InterruptedException {
    open(server.current()).close();
  }

  /// A new feed, on which `present` has come.
  private Feed open(Snapshot present) throws Broken, Skipped, IOException, InterruptedException {
    Feed feed = opener.open();
    try {
      expectNext(feed, present);
      return feed;
    } catch (Broken e) {
      feed.close();
      throw e;
    }
  }

  private void tellsAllOfEachUpdate() throws Broken, Skipped, IOException, InterruptedException {
    var feeds = new ArrayList<Feed>();
    try {
      Snapshot present = server.current();
      for (int client = 0; client < CLIENTS; client++) {
        feeds.add(open(present));
      }
      for (int update = 0; update < IN_TURN; update++) {
        Snapshot now = server.update();
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

  private void expectNext(Feed feed, Snapshot due) throws Broken, InterruptedException {
    Snapshot told = server.snapshot(feed.next(limits.atOnce()).text());
    Broken.unless(told.equals(due), "%s came where %s was due".formatted(told, due));
  }

  private void expectNothing(Feed feed) throws Broken, InterruptedException {
    Optional<Feed.Message> more = feed.poll(limits.stillHeld().dividedBy(CLIENTS));
    Broken.unless(
        more.isEmpty(), "%s came once more".formatted(more.map(Feed.Message::text).orElse("")));
  }

  private void keepsTheOrder() throws Broken, Skipped, IOException, InterruptedException {
    Snapshot seen = server.current();
    try (Feed feed = open(seen)) {
      for (int update = 1; update < ONE_UPON_THE_OTHER; update++) {
        server.update();
      }
      Snapshot last = server.update();
      while (last.version().isNewerThan(seen.version())) {
        Snapshot next = server.snapshot(feed.next(limits.atOnce()).text());
        Broken.unless(
            next.version().isNewerThan(seen.version()),
            "version %s came after %s".formatted(next.version(), seen.version()));
        seen = next;
      }
    }
  }
}
