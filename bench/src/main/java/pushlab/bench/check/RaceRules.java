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
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Server.Snapshot;

/// Polls and updates that come at the same time.
final class RaceRules {

  private static final int RACERS = 12;
  private static final int CLIENTS = 4;
  private static final int UPDATES = 40;

  /// Multiples of it, modulo 1, cover the time between two requests evenly.
  private static final double GOLDEN = 0.6180339887498949;

  private final Server server;
  private final Limits limits;
  private int races;

  RaceRules(Server server, Limits limits) {
    this.server = server;
    this.limits = limits;
  }

  Rule noWakeUpIsLost() {
    return new Rule(
        "no wake-up is lost",
        REQUIRED,
        "a poll that comes at the same time as an update is told of it at once",
        "now and then a page shows the old status until the hold ends: the server looks at the"
            + " version first and begins to wait afterwards, and an update between the two wakes"
            + " nobody; both must be one step (a lock), or it must look again",
        Source.WOKEN,
        this::losesNoWakeUp,
        () ->
            "none in %d races, which is no proof (docs/check.md: how a lost one is made to show)"
                .formatted(races));
  }

  Rule neverGoesBack() {
    return new Rule(
        "versions never go back",
        REQUIRED,
        "while updates come one upon the other, each answer to a client is newer than the one"
            + " before, and the last one comes",
        "a page shows an older status after a newer one, or stays with an old one",
        Source.VERSION,
        this::keepsTheOrder);
  }

  private void losesNoWakeUp() throws Broken, IOException, InterruptedException {
    Snapshot seen = server.current();
    long window = 2 * roundTrip();
    long start = System.nanoTime();
    for (races = 0; races < limits.races(); ) {
      if (System.nanoTime() - start > limits.hunt().toNanos()) {
        return;
      }
      int race = races + 1;
      Version version = seen.version();
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

  private void expectNewer(Call poll, Snapshot seen, int race)
      throws Broken, IOException, InterruptedException {
    Answer answer =
        poll.peek(limits.atOnce())
            .orElseThrow(
                () ->
                    new Broken(
                        "in race %d a poll that was sent just before an update was not told of it within %s"
                            .formatted(race, Call.seconds(limits.atOnce()))));
    Snapshot told = server.snapshot(answer);
    Broken.unless(
        told.version().isNewerThan(seen.version()),
        "in race %d a poll with version %s was answered with %s"
            .formatted(race, seen.version(), told.version()));
  }

  /// How long a request takes that is not held, in ns.
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

  /// Waits more exactly than a sleep does, for a few milliseconds.
  private static void pause(long nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      Thread.onSpinWait();
    }
  }

  private void keepsTheOrder() throws Broken, IOException, InterruptedException {
    Snapshot from = server.current();
    var last = new CompletableFuture<Snapshot>();
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

  /// Polls as a client does, until it has what is `last`.
  private @Nullable Void follow(Snapshot from, CompletableFuture<Snapshot> last)
      throws Broken, IOException, InterruptedException {
    Snapshot seen = from;
    while (true) {
      Call poll = server.poll(seen.version());
      poll.awaitOr(last, limits.longestHold());
      if (last.isDone() && !last.join().version().isNewerThan(seen.version())) {
        poll.leave();
        return null;
      }
      Snapshot next = server.snapshot(poll.within(limits.atOnce()));
      Broken.unless(
          next.version().isNewerThan(seen.version()),
          "a client that had version %s was given %s".formatted(seen.version(), next.version()));
      seen = next;
    }
  }
}
