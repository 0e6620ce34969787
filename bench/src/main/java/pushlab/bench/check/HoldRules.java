package pushlab.bench.check;

import static pushlab.bench.check.Rule.Weight.RECOMMENDED;
import static pushlab.bench.check.Rule.Weight.REQUIRED;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import pushlab.bench.check.CheckedServer.SeenSnapshot;
import pushlab.bench.check.QuietTime.Held;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Rule.Skipped;

/// The rules for the end of a hold without an update. One hold is enough to test all of them.
final class HoldRules {

  private final CheckedServer server;
  private final Limits limits;
  private final QuietTime quiet;

  /// @param quiet the hold
  HoldRules(CheckedServer server, Limits limits, QuietTime quiet) {
    this.server = server;
    this.limits = limits;
    this.quiet = quiet;
  }

  Rule.Group group() {
    return new Rule.Group(
        "The end of a hold",
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
    List<Held> held = quiet.seen().apart();
    int answered = 0;
    for (Held poll : held) {
      if (poll.closed() != null) {
        throw closed(poll, poll.closed());
      }
      if (poll.answer().isEmpty()) {
        continue;
      }
      HttpAnswer answer = poll.answer().get();
      String after = "it answered %s after %s".formatted(answer, Call.seconds(poll.took()));
      if (isCut(poll)) {
        throw Broken.by(RoadFault.CUTS_HOLDS, after + ", which a gateway says");
      }
      answered++;
      Broken.unless(poll.took().compareTo(limits.shortestHold()) >= 0, after);
    }
    expectAll(answered, held.size());
  }

  /// Whether a gateway answered in place of the server, after it had waited.
  private boolean isCut(Held poll) {
    return poll.answer().filter(HttpAnswer::isOfGateway).isPresent()
        && poll.took().compareTo(limits.stillHeld()) >= 0;
  }

  private Broken closed(Held poll, IOException why) throws IOException {
    if (poll.took().compareTo(limits.stillHeld()) < 0) {
      throw why;
    }
    return Broken.maybeBy(
        RoadFault.CUTS_HOLDS,
        "its connection ended without an answer after " + Call.seconds(poll.took()));
  }

  private void expectAll(int answered, int all) throws Broken {
    String limit = Call.seconds(limits.longestHold());
    Broken.unless(answered > 0, "no answer within " + limit);
    Broken.unless(
        answered == all,
        "%d of %d polls were answered in time, the others not within %s"
            .formatted(answered, all, limit));
  }

  private HttpAnswer ended() throws Broken, Skipped, IOException, InterruptedException {
    return quiet.seen().apart().stream()
        .filter(poll -> !isCut(poll))
        .flatMap(poll -> poll.answer().stream())
        .findFirst()
        .orElseThrow(() -> new Skipped("no hold has ended"));
  }

  private void saysNothingNew() throws Broken, Skipped, IOException, InterruptedException {
    HttpAnswer answer = ended();
    Broken.unless(answer.isGood() || answer.code() == 304, "it answered %s".formatted(answer));
    if (!answer.body().isBlank()) {
      Broken.unless(
          server.version(answer.body()).isMissingNode(),
          "it answered %s, as for an update".formatted(answer));
    }
  }

  private void saysItByNothing() throws Broken, Skipped, IOException, InterruptedException {
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
