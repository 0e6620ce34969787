package pushlab.bench.check;

import static pushlab.bench.check.Rule.Weight.RECOMMENDED;
import static pushlab.bench.check.Rule.Weight.REQUIRED;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pushlab.bench.check.CheckedServer.SeenSnapshot;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Rule.Skipped;

/// The rules for the end of a hold without an update. One hold is enough to test all of them.
final class HoldRules {

  private static final int HELD = 3;

  private final CheckedServer server;
  private final Limits limits;
  private @Nullable HttpAnswer ended;

  HoldRules(CheckedServer server, Limits limits) {
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
                "without an update, each held poll is answered after 25 to 30 s; %s to %s passes"
                    .formatted(
                        Call.seconds(limits.shortestHold()), Call.seconds(limits.longestHold())),
                "with a longer hold, proxies and browsers close the connection; with a shorter one, clients"
                    + " ask more often than they need",
                Source.TIMED_OUT,
                this::endsTheHold),
            new Rule(
                "a time-out has no version",
                REQUIRED,
                "the answer at the end of the hold has no version in it",
                "the client treats it as an update and redraws the page",
                Source.TIMED_OUT,
                this::saysNothingNew),
            new Rule(
                "204, or an empty JSON",
                RECOMMENDED,
                "the answer at the end of the hold is 204 without a body, or an empty JSON",
                "every client has to know this server's own answer",
                Source.TIMED_OUT,
                this::saysItByNothing),
            new Rule(
                "the loop goes on after a time-out",
                REQUIRED,
                "a client that polls again after a time-out is held again, and receives the next update",
                "after half a minute without an update, the page stops working",
                Source.AFTER_THE_TIMEOUT,
                this::goesOnAfterATimeOut)));
  }

  private void endsTheHold() throws Broken, IOException, InterruptedException {
    SeenSnapshot now = server.current();
    List<Call> held = IntStream.range(0, HELD).mapToObj(_ -> server.poll(now.version())).toList();
    Call.awaitAll(held, limits.longestHold());
    try {
      int answered = 0;
      for (Call poll : held) {
        Optional<HttpAnswer> one = poll.peek(Duration.ZERO);
        if (one.isEmpty()) {
          continue;
        }
        answered++;
        HttpAnswer answer = one.get();
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
          ("%d of %d equal polls were answered in time, the others not within %s: the hold is right, but"
                  + " %s in between sends equal polls one after the other, whatever Cache-Control says"
                  + " (Varnish by default: return (pass) in vcl_recv; Squid:"
                  + " collapsed_forwarding off; nginx: proxy_cache_lock off)")
              .formatted(answered, HELD, limit, server.proxies().one()),
          "clients that wait for the same version wait for each other, until their pages give up");
    }
  }

  private HttpAnswer ended() throws Skipped {
    if (ended == null) {
      throw new Skipped("no hold has ended");
    }
    return ended;
  }

  private void saysNothingNew() throws Broken, Skipped, IOException {
    HttpAnswer answer = ended();
    Broken.unless(answer.isGood() || answer.code() == 304, "it answered %s".formatted(answer));
    if (!answer.body().isBlank()) {
      Broken.unless(
          server.version(answer.body()).isMissingNode(),
          "it answered %s, as for an update".formatted(answer));
    }
  }

  private void saysItByNothing() throws Broken, Skipped {
    HttpAnswer answer = ended();
    Broken.unless(
        answer.code() == 204
            || (answer.code() == 200 && answer.body().strip().matches("\\{\\s*}|\\[\\s*]|null")),
        "it answered %s".formatted(answer));
  }

  private void goesOnAfterATimeOut() throws Broken, Skipped, IOException, InterruptedException {
    ended();
    SeenSnapshot now = server.current();
    Call poll = server.poll(now.version());
    Optional<HttpAnswer> early = poll.peek(limits.stillHeld());
    Broken.unless(
        early.isEmpty(),
        "it was answered %s instead of held".formatted(early.map(HttpAnswer::toString).orElse("")));
    SeenSnapshot next = server.update();
    SeenSnapshot told = server.snapshot(poll.within(limits.atOnce()));
    Broken.unless(told.equals(next), "it answered %s instead of %s".formatted(told, next));
  }
}
