package pushlab.bench.check;

import static pushlab.bench.check.Rule.Weight.RECOMMENDED;
import static pushlab.bench.check.Rule.Weight.REQUIRED;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Rule.Skipped;
import pushlab.bench.check.Server.Snapshot;

/// How a hold ends when nothing changes. All of it is learnt from one hold.
final class HoldRules {

  private static final int HELD = 3;

  private final Server server;
  private final Limits limits;
  private @Nullable Answer ended;

  HoldRules(Server server, Limits limits) {
    this.server = server;
    this.limits = limits;
  }

  Rule.Group group() {
    return new Rule.Group(
        "The end of a hold",
        false,
        List.of(
            new Rule(
                "the hold ends",
                REQUIRED,
                "without a change, each held poll is answered after 25 to 30 s; from %s to %s counts"
                    .formatted(
                        Call.seconds(limits.shortestHold()), Call.seconds(limits.longestHold())),
                "too long, and proxies and browsers cut the connection by themselves; too short, and"
                    + " clients ask more often than they need",
                Source.TIMED_OUT,
                this::endsTheHold),
            new Rule(
                "nothing new is not sold as new",
                REQUIRED,
                "an answer that comes without a change has no version in it",
                "the client takes it for a change and draws the page anew",
                Source.TIMED_OUT,
                this::saysNothingNew),
            new Rule(
                "204, or an empty JSON",
                RECOMMENDED,
                "that answer is 204 without a body, or an empty JSON",
                "every client has to know what this server says instead",
                Source.TIMED_OUT,
                this::saysItByNothing),
            new Rule(
                "the loop goes on after a time-out",
                REQUIRED,
                "a client that polls again after it is held again, and told of the next change",
                "after half a minute without a change, the page is dead",
                Source.AFTER_THE_TIMEOUT,
                this::goesOnAfterATimeOut)));
  }

  private void endsTheHold() throws Broken, IOException, InterruptedException {
    Snapshot now = server.current();
    List<Call> held = IntStream.range(0, HELD).mapToObj(_ -> server.poll(now.version())).toList();
    Call.awaitAll(held, limits.longestHold());
    try {
      int answered = 0;
      for (Call poll : held) {
        Optional<Answer> one = poll.peek(Duration.ZERO);
        if (one.isEmpty()) {
          continue;
        }
        answered++;
        Answer answer = one.get();
        ended = answer;
        Broken.unless(
            poll.took().compareTo(limits.shortestHold()) >= 0,
            "it answered %s after %s".formatted(answer, Call.seconds(poll.took())));
      }
      expectAll(answered);
    } finally {
      held.forEach(Call::leave);
    }
  }

  private void expectAll(int answered) throws Broken {
    String limit = Call.seconds(limits.longestHold());
    Broken.unless(answered > 0, "no answer within " + limit);
    if (answered < HELD) {
      throw new Broken(
          ("%d of %d equal polls were answered in time, the others not within %s: the hold is right,"
                  + " and %s in between sends equal polls one after the other, whatever"
                  + " Cache-Control says (Varnish by itself: return (pass) in vcl_recv; Squid:"
                  + " collapsed_forwarding off; nginx: proxy_cache_lock off)")
              .formatted(answered, HELD, limit, server.proxies().one()),
          "clients that wait for the same version wait for each other, and their pages give up");
    }
  }

  private Answer ended() throws Skipped {
    if (ended == null) {
      throw new Skipped("no hold has ended");
    }
    return ended;
  }

  private void saysNothingNew() throws Broken, Skipped, IOException {
    Answer answer = ended();
    Broken.unless(answer.isGood() || answer.code() == 304, "it answered %s".formatted(answer));
    if (!answer.body().isBlank()) {
      Broken.unless(
          server.version(answer.body()).isMissingNode(),
          "it answered %s, as if that were new".formatted(answer));
    }
  }

  private void saysItByNothing() throws Broken, Skipped {
    Answer answer = ended();
    Broken.unless(
        answer.code() == 204
            || (answer.code() == 200 && answer.body().strip().matches("\\{\\s*}|\\[\\s*]|null")),
        "it answered %s".formatted(answer));
  }

  private void goesOnAfterATimeOut() throws Broken, Skipped, IOException, InterruptedException {
    ended();
    Snapshot now = server.current();
    Call poll = server.poll(now.version());
    Optional<Answer> early = poll.peek(limits.stillHeld());
    Broken.unless(
        early.isEmpty(),
        "it is not held but answered %s".formatted(early.map(Answer::toString).orElse("")));
    Snapshot next = server.update();
    Snapshot told = server.snapshot(poll.within(limits.atOnce()));
    Broken.unless(told.equals(next), "it answered %s where %s was due".formatted(told, next));
  }
}
