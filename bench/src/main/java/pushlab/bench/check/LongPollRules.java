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
import pushlab.bench.check.CheckedServer.SeenSnapshot;
import pushlab.bench.check.Rule.Broken;

/// The rules of the long poll: when a poll is held, and when it is answered with what. [HoldRules]
/// has those for the end of a hold.
final class LongPollRules {

  private static final int HELD_AT_ONCE = 50;
  private static final int ROUNDS = 10;
  private static final int STAYING = 5;

  private final CheckedServer server;
  private final Limits limits;

  LongPollRules(CheckedServer server, Limits limits) {
    this.server = server;
    this.limits = limits;
  }

  Rule.Group group() {
    var races = new RaceRules(server, limits);
    return new Rule.Group(
        "Long poll",
        List.of(
            new Rule(
                "equal: held",
                FOUNDATION,
                "a poll with the current version is held while nothing changes",
                "the client asks again and again, as fast as it can: this is short polling without a pause",
                Source.HELD,
                this::holdsWhenEqual),
            new Rule(
                "behind: at once",
                REQUIRED,
                "a poll with an older version is answered at once",
                "a client that missed an update does not receive it",
                Source.BEHIND,
                this::answersAtOnceWhenBehind),
            new Rule(
                "one update wakes all",
                REQUIRED,
                HELD_AT_ONCE + " held polls are all answered at once with the new version",
                "some pages keep the old status; if the update itself is not answered, each held poll"
                    + " occupies one of a few workers",
                Source.WOKEN,
                this::wakesEveryHeldRequest),
            races.noWakeUpIsLost(),
            races.neverGoesBack(),
            new Rule(
                "the loop goes on",
                REQUIRED,
                "a client that polls again after each answer is held again, and receives the next update",
                "after the first update the page shows no other, or asks without a pause (an event that is"
                    + " set but never cleared)",
                Source.LOOP,
                this::goesOnAfterAnAnswer),
            new Rule(
                "a client that leaves",
                REQUIRED,
                "when some clients disconnect during the hold, the others still receive the update",
                "when one tab is closed, other pages lose their connection or the server fails",
                Source.WOKEN,
                this::outlivesClientsThatLeave),
            new Rule(
                "ahead: not held",
                RECOMMENDED,
                "a poll with a version that the server does not have yet, as after a restart, is answered at"
                    + " once",
                "after a restart the server counts from 0, and clients wait forever for a version that they"
                    + " already had",
                Source.contract("a version higher than the server knows is never held"),
                this::answersAtOnceWhenAhead),
            new Rule(
                "nonsense is refused",
                RECOMMENDED,
                "a last version that is not a whole number is answered 400",
                "the error in the client is not reported, or the client waits",
                Source.contract("last_version empty, abc or 1.0: 400"),
                this::refusesWhatIsNoVersion),
            new Rule(
                "nonsense breaks nothing",
                RECOMMENDED,
                "the server goes on working, whatever is sent as last version",
                "any user can make the server fail with a wrong address",
                Source.ERRORS,
                this::survivesNonsense),
            new Rule(
                "an answer is not stored",
                RECOMMENDED,
                "Cache-Control forbids storing the answer",
                "a browser or a proxy may answer the next poll from its cache",
                Source.standard(
                    "RFC 9111, 4.2.2", "a cache may choose a lifetime for an answer that has none"),
                this::forbidsToStore)));
  }

  private void holdsWhenEqual() throws Broken, IOException, InterruptedException {
    SeenSnapshot now = server.current();
    Call poll = server.poll(now.version());
    Optional<HttpAnswer> early = poll.peek(limits.stillHeld());
    poll.leave();
    Broken.unless(
        early.isEmpty(),
        "a poll with the current version, %s, was answered %s"
            .formatted(now.version(), early.map(HttpAnswer::toString).orElse("")));
  }

  private void answersAtOnceWhenBehind() throws Broken, IOException, InterruptedException {
    server.update();
    SeenSnapshot now = server.update();
    for (long behind : new long[] {1, 2}) {
      expectAtOnce(now.version().plus(-behind), now);
    }
  }

  private void answersAtOnceWhenAhead() throws Broken, IOException, InterruptedException {
    SeenSnapshot now = server.current();
    expectAtOnce(now.version().plus(1000), now);
  }

  private void expectAtOnce(VersionNumber lastVersion, SeenSnapshot now)
      throws Broken, IOException, InterruptedException {
    SeenSnapshot told = server.snapshot(server.poll(lastVersion).within(limits.atOnce()));
    Broken.unless(
        told.equals(now), "it answered %s instead of the current %s".formatted(told, now));
  }

  private void wakesEveryHeldRequest() throws Broken, IOException, InterruptedException {
    SeenSnapshot before = server.current();
    expectWoken(hold(HELD_AT_ONCE, before), before);
  }

  private void outlivesClientsThatLeave() throws Broken, IOException, InterruptedException {
    for (boolean noticed : new boolean[] {true, false}) {
      SeenSnapshot before = server.current();
      List<Call> held = hold(2 * STAYING, before);
      held.subList(0, STAYING).forEach(Call::leave);
      List<Call> staying = held.subList(STAYING, 2 * STAYING);
      if (noticed) {
        long ended = Call.endedEarly(staying, limits.stillHeld());
        Broken.unless(
            ended == 0,
            "%d of %d other clients were disconnected too".formatted(ended, staying.size()));
      }
      expectWoken(staying, before);
    }
  }

  /// Sends polls with the version of `now`, which the server must hold.
  private List<Call> hold(int clients, SeenSnapshot now) throws Broken, InterruptedException {
    List<Call> held =
        IntStream.range(0, clients).mapToObj(_ -> server.poll(now.version())).toList();
    long ended = Call.endedEarly(held, limits.stillHeld());
    if (ended > 0) {
      held.forEach(Call::leave);
      throw new Broken(
          "%d of %d polls were answered although nothing had changed".formatted(ended, clients));
    }
    return held;
  }

  private void expectWoken(List<Call> held, SeenSnapshot before)
      throws Broken, IOException, InterruptedException {
    try {
      server.accepted(server.startUpdate(server.others(before.status()).getFirst()));
      Call.awaitAll(held, limits.atOnce());
      SeenSnapshot now = server.current();
      int woken = 0;
      for (Call poll : held) {
        woken += isAnswered(poll, now) ? 1 : 0;
      }
      Broken.unless(
          woken == held.size(),
          "%d of %d held polls received the update".formatted(woken, held.size()));
    } finally {
      held.forEach(Call::leave);
    }
  }

  private boolean isAnswered(Call poll, SeenSnapshot now) throws InterruptedException {
    try {
      Optional<HttpAnswer> answer = poll.peek(Duration.ZERO);
      return answer.isPresent() && server.snapshot(answer.get()).equals(now);
    } catch (IOException | Broken _) {
      return false;
    }
  }

  private void goesOnAfterAnAnswer() throws Broken, IOException, InterruptedException {
    SeenSnapshot seen = server.current();
    for (int round = 1; round <= ROUNDS; round++) {
      Call poll = server.poll(seen.version());
      SeenSnapshot now = server.update();
      SeenSnapshot told = server.snapshot(poll.within(limits.atOnce()));
      Broken.unless(
          told.equals(now), "in round %d it answered %s instead of %s".formatted(round, told, now));
      seen = now;
    }
  }

  private void refusesWhatIsNoVersion() throws Broken, IOException, InterruptedException {
    for (String nonsense : List.of("abc", "")) {
      HttpAnswer answer = server.poll(nonsense).within(limits.atOnce());
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
      Optional<HttpAnswer> answer = calls.get(i).peek(Duration.ZERO);
      calls.get(i).leave();
      Broken.unless(
          answer.isEmpty() || answer.get().code() < 500,
          "it answered %s to '%s'"
              .formatted(answer.map(HttpAnswer::toString).orElse(""), all.get(i)));
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
