package pushlab.bench.check;

import static pushlab.bench.check.Rule.Weight.FOUNDATION;
import static pushlab.bench.check.Rule.Weight.REQUIRED;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pushlab.bench.check.CheckedServer.SeenSnapshot;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Rule.Skipped;

/// The rules that event streams and WebSockets share.
final class FeedRules {

  private static final int CLIENTS = 5;
  private static final int IN_TURN = 5;
  private static final int IN_QUICK_SUCCESSION = 20;

  private final String name;
  private final CheckedServer server;
  private final Limits limits;
  private final Feed.Opener opener;

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

  private void tellsThePresentOne() throws Broken, Skipped, IOException, InterruptedException {
    open(server.current()).close();
  }

  /// Opens a feed, and reads the snapshot `present` from it.
  private Feed open(SeenSnapshot present)
      throws Broken, Skipped, IOException, InterruptedException {
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
    SeenSnapshot told = server.snapshot(feed.next(limits.atOnce()).text());
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
}
