package pushlab.bench.check;

import static pushlab.bench.check.Rule.Weight.FOUNDATION;
import static pushlab.bench.check.Rule.Weight.RECOMMENDED;
import static pushlab.bench.check.Rule.Weight.REQUIRED;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Server.Snapshot;

/// When a poll is held, when it is answered, and with what. How a hold ends is [HoldRules]'.
final class LongPollRules {

  private static final int HELD_AT_ONCE = 50;
  private static final int ROUNDS = 10;
  private static final int STAYING = 5;

  private final Server server;
  private final Limits limits;

  LongPollRules(Server server, Limits limits) {
    this.server = server;
    this.limits = limits;
  }

  Rule.Group group() {
    var races = new RaceRules(server, limits);
    return new Rule.Group(
        "Long poll",
        false,
        List.of(
            new Rule(
                "equal: held",
                FOUNDATION,
                "a poll with the present version is not answered while nothing changes",
                "the client asks again and again, as fast as it can: that is short polling without"
                    + " a pause",
                Source.HELD,
                this::holdsWhenEqual),
            new Rule(
                "behind: at once",
                REQUIRED,
                "a poll with a version below the present one is answered at once",
                "a client that missed a change, while it was away or busy, is not told of it",
                Source.BEHIND,
                this::answersAtOnceWhenBehind),
            new Rule(
                "one update wakes all",
                REQUIRED,
                HELD_AT_ONCE + " held polls are all answered at once with the new version",
                "some pages go on showing the old status; if the update itself is not answered,"
                    + " each held poll takes up one of a few workers",
                Source.WOKEN,
                this::wakesEveryHeldRequest),
            races.noWakeUpIsLost(),
            races.neverGoesBack(),
            new Rule(
                "the loop goes on",
                REQUIRED,
                "a client that polls again after each answer is held, and told of each next change",
                "after the first change the page shows no other, or asks without a pause (an event"
                    + " that is set and never cleared)",
                Source.LOOP,
                this::goesOnAfterAnAnswer),
            new Rule(
                "a client that leaves",
                REQUIRED,
                "when some clients leave while they are held, the others are still told",
                "one closed tab, and the other pages are cut off or the server fails",
                Source.WOKEN,
                this::outlivesClientsThatLeave),
            new Rule(
                "ahead: not held",
                RECOMMENDED,
                "a version that the server does not have yet, as after its restart, is answered at"
                    + " once",
                "a server that restarts begins at 0 again, and its clients wait for ever for a"
                    + " version that they once had",
                Source.contract("a version higher than the server knows is never held"),
                this::answersAtOnceWhenAhead),
            new Rule(
                "nonsense is refused",
                RECOMMENDED,
                "a last version that is no whole number is answered 400",
                "a client with a fault is told nothing, or waits",
                Source.contract("last_version empty, abc or 1.0: 400"),
                this::refusesWhatIsNoVersion),
            new Rule(
                "nonsense breaks nothing",
                RECOMMENDED,
                "whatever is sent as last version, the server does not fail and goes on",
                "anybody can make the server fail by what they type into the address",
                Source.ERRORS,
                this::survivesNonsense),
            new Rule(
                "an answer is not to be kept",
                RECOMMENDED,
                "Cache-Control forbids to store the answer",
                "a browser or a proxy may answer the next poll from what it has kept",
                Source.standard(
                    "RFC 9111, 4.2.2", "an answer without a lifetime may be given one by a cache"),
                this::forbidsToStore)));
  }

  private void holdsWhenEqual() throws Broken, IOException, InterruptedException {
    Snapshot now = server.current();
    Call poll = server.poll(now.version());
    Optional<Answer> early = poll.peek(limits.stillHeld());
    poll.leave();
    Broken.unless(
        early.isEmpty(),
        "a poll with version %s, the present one, was answered %s"
            .formatted(now.version(), early.map(Answer::toString).orElse("")));
  }

  private void answersAtOnceWhenBehind() throws Broken, IOException, InterruptedException {
    server.update();
    Snapshot now = server.update();
    for (long behind : new long[] {1, 2}) {
      expectAtOnce(now.version().plus(-behind), now);
    }
  }

  private void answersAtOnceWhenAhead() throws Broken, IOException, InterruptedException {
    Snapshot now = server.current();
    expectAtOnce(now.version().plus(1000), now);
  }

  private void expectAtOnce(Version lastVersion, Snapshot now)
      throws Broken, IOException, InterruptedException {
    Snapshot told = server.snapshot(server.poll(lastVersion).within(limits.atOnce()));
    Broken.unless(
        told.equals(now), "it answered %s where %s is the present one".formatted(told, now));
  }

  private void wakesEveryHeldRequest() throws Broken, IOException, InterruptedException {
    Snapshot before = server.current();
    expectWoken(hold(HELD_AT_ONCE, before), before);
  }

  private void outlivesClientsThatLeave() throws Broken, IOException, InterruptedException {
    for (boolean noticed : new boolean[] {true, false}) {
      Snapshot before = server.current();
      List<Call> held = hold(2 * STAYING, before);
      held.subList(0, STAYING).forEach(Call::leave);
      List<Call> staying = held.subList(STAYING, 2 * STAYING);
      if (noticed) {
        long ended = Call.endedEarly(staying, limits.stillHeld());
        Broken.unless(
            ended == 0,
            "%d of %d other clients were cut off as well".formatted(ended, staying.size()));
      }
      expectWoken(staying, before);
    }
  }

  /// Clients that are held at `now`.
  private List<Call> hold(int clients, Snapshot now) throws Broken, InterruptedException {
    List<Call> held =
        IntStream.range(0, clients).mapToObj(_ -> server.poll(now.version())).toList();
    long ended = Call.endedEarly(held, limits.stillHeld());
    if (ended > 0) {
      held.forEach(Call::leave);
      throw new Broken(
          "%d of %d polls were answered though nothing had changed".formatted(ended, clients));
    }
    return held;
  }

  private void expectWoken(List<Call> held, Snapshot before)
      throws Broken, IOException, InterruptedException {
    try {
      server.accepted(server.startUpdate(server.others(before.status()).getFirst()));
      Call.awaitAll(held, limits.atOnce());
      Snapshot now = server.current();
      int woken = 0;
      for (Call poll : held) {
        woken += isAnswered(poll, now) ? 1 : 0;
      }
      Broken.unless(
          woken == held.size(),
          "%d of %d held polls were told of the update".formatted(woken, held.size()));
    } finally {
      held.forEach(Call::leave);
    }
  }

  private boolean isAnswered(Call poll, Snapshot now) throws InterruptedException {
    try {
      Optional<Answer> answer = poll.peek(Duration.ZERO);
      return answer.isPresent() && server.snapshot(answer.get()).equals(now);
    } catch (IOException | Broken _) {
      return false;
    }
  }

  private void goesOnAfterAnAnswer() throws Broken, IOException, InterruptedException {
    Snapshot seen = server.current();
    for (int round = 1; round <= ROUNDS; round++) {
      Call poll = server.poll(seen.version());
      Snapshot now = server.update();
      Snapshot told = server.snapshot(poll.within(limits.atOnce()));
      Broken.unless(
          told.equals(now),
          "in round %d it answered %s where %s was due".formatted(round, told, now));
      seen = now;
    }
  }

  private void refusesWhatIsNoVersion() throws Broken, IOException, InterruptedException {
    for (String nonsense : List.of("abc", "")) {
      Answer answer = server.poll(nonsense).within(limits.atOnce());
      Broken.unless(answer.code() == 400, "it answered %s to '%s'".formatted(answer, nonsense));
    }
  }

  private void survivesNonsense() throws Broken, IOException, InterruptedException {
    var calls = new ArrayList<Call>();
    List<String> all =
        Stream.of("abc", "", "1.5", "-1", "99999999999999999999", "é🚦", "1&last_version=2")
            .toList();
    for (String nonsense : all) {
      calls.add(server.poll(nonsense));
    }
    Call.awaitAll(calls, limits.stillHeld());
    for (int i = 0; i < all.size(); i++) {
      Optional<Answer> answer = calls.get(i).peek(Duration.ZERO);
      calls.get(i).leave();
      Broken.unless(
          answer.isEmpty() || answer.get().code() < 500,
          "it answered %s to '%s'".formatted(answer.map(Answer::toString).orElse(""), all.get(i)));
    }
    server.current();
  }

  private void forbidsToStore() throws Broken, IOException, InterruptedException {
    String control = server.firstPoll().within(limits.atOnce()).header("Cache-Control").orElse("");
    Broken.unless(
        control.contains("no-store") || control.contains("no-cache"),
        control.isEmpty() ? "it has no Cache-Control" : "Cache-Control is " + control);
  }
}
