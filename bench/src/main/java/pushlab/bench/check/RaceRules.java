package pushlab.bench.check;

import static pushlab.bench.check.Rule.Weight.REQUIRED;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pushlab.bench.check.CheckedServer.SeenSnapshot;
import pushlab.bench.check.Rule.Broken;

/// The rules for polls and updates at the same time.
final class RaceRules {

  private static final int RACERS = 12;
  private static final int CLIENTS = 4;
  private static final int UPDATES = 40;

  /// The golden ratio: its multiples, modulo 1, spread the updates evenly over the time between two
  /// requests.
  private static final double GOLDEN = 0.6180339887498949;

  private final CheckedServer server;
  private final Limits limits;
  private int races;

  RaceRules(CheckedServer server, Limits limits) {
    this.server = server;
    this.limits = limits;
  }

  Rule noWakeUpIsLost() {
    return new Rule(
        "no wake-up is lost",
        REQUIRED,
        "a poll that arrives at the same time as an update receives it at once",
        "sometimes a page shows the old status until the hold ends: the server reads the version and"
            + " then begins to wait, and an update between the two wakes no poll. Both must be one step"
            + " (a lock), or the server must read the version again",
        Source.WOKEN,
        this::losesNoWakeUp,
        () ->
            "none in %d races, which is not a proof (docs/check.md says how to provoke one)"
                .formatted(races));
  }

  Rule neverGoesBack() {
    return new Rule(
        "versions never go back",
        REQUIRED,
        "during updates in quick succession, each answer to a client is newer than the one before, and"
            + " the last version arrives",
        "a page shows an older status after a newer one, or keeps an old one",
        Source.VERSION,
        this::keepsTheOrder);
  }

  private void losesNoWakeUp() throws Broken, IOException, InterruptedException {
    SeenSnapshot seen = server.current();
    long window = 2 * roundTrip();
    long start = System.nanoTime();
    for (races = 0; races < limits.races(); ) {
      if (System.nanoTime() - start > limits.hunt().toNanos()) {
        return;
      }
      int race = races + 1;
      VersionNumber version = seen.version();
      List<Call> polls = IntStream.range(0, RACERS).mapToObj(_ -> server.poll(version)).toList();
      pause((long) (race * GOLDEN % 1 * window));
      server.accepted(server.startUpdate(server.others(seen.status()).getFirst()));
      for (Call poll : polls) {
        expectNewer(poll, seen, race);
      }
      seen = server.current();
      races = race;
    }
  }

  private void expectNewer(Call poll, SeenSnapshot seen, int race)
      throws Broken, IOException, InterruptedException {
    HttpAnswer answer =
        poll.peek(limits.atOnce())
            .orElseThrow(
                () ->
                    new Broken(
                        "in race %d a poll that was sent just before an update did not receive it within %s"
                            .formatted(race, Call.seconds(limits.atOnce()))));
    SeenSnapshot told = server.snapshot(answer);
    Broken.unless(
        told.version().isNewerThan(seen.version()),
        "in race %d a poll with version %s was answered with %s"
            .formatted(race, seen.version(), told.version()));
  }

  /// How long a request takes that is not held, in nanoseconds.
  private long roundTrip() throws Broken, IOException, InterruptedException {
    var times = new ArrayList<Long>();
    for (int i = 0; i < 15; i++) {
      long start = System.nanoTime();
      server.current();
      times.add(System.nanoTime() - start);
    }
    times.sort(null);
    return times.get(times.size() / 2);
  }

  /// Waits for a few milliseconds, more precisely than a sleep.
  private static void pause(long nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      Thread.onSpinWait();
    }
  }

  private void keepsTheOrder() throws Broken, IOException, InterruptedException {
    SeenSnapshot from = server.current();
    var last = new CompletableFuture<SeenSnapshot>();
    try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<@Nullable Void>> followed =
          IntStream.range(0, CLIENTS)
              .mapToObj(_ -> readers.submit(() -> follow(from, last)))
              .toList();
      try {
        for (int update = 1; update < UPDATES; update++) {
          server.update();
        }
        last.complete(server.update());
      } finally {
        last.complete(from);
      }
      for (Future<@Nullable Void> one : followed) {
        one.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Broken broken) {
        throw broken;
      }
      throw Call.reason(e);
    }
  }

  /// Polls as a client does, until it has the snapshot `last`.
  private @Nullable Void follow(SeenSnapshot from, CompletableFuture<SeenSnapshot> last)
      throws Broken, IOException, InterruptedException {
    SeenSnapshot seen = from;
    while (true) {
      Call poll = server.poll(seen.version());
      poll.awaitOr(last, limits.longestHold());
      if (last.isDone() && !last.join().version().isNewerThan(seen.version())) {
        poll.leave();
        return null;
      }
      SeenSnapshot next = server.snapshot(poll.within(limits.atOnce()));
      Broken.unless(
          next.version().isNewerThan(seen.version()),
          "a client that had version %s was given %s".formatted(seen.version(), next.version()));
      seen = next;
    }
  }
}
