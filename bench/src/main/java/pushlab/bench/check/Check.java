package pushlab.bench.check;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pushlab.bench.check.Finding.Outcome;
import pushlab.bench.check.Rule.Broken;
import pushlab.bench.check.Rule.Skipped;
import pushlab.bench.check.Rule.Weight;
import pushlab.bench.net.Printable;

/// The conformance check of any server that speaks the contract.
public final class Check {

  private final Limits limits;
  private final Printout out;
  private final List<Finding> findings = new ArrayList<>();
  private final long start = System.nanoTime();

  /// Why no further rule can be tried; null while they can.
  private @Nullable String over;

  private Check(Limits limits, PrintStream out) {
    this.limits = limits;
    this.out = new Printout(out);
  }

  /// Tries every rule on the server at `address` and prints what comes of it. Changes the status of
  /// its task some thousand times, and takes as long as the server's hold and some 25 s.
  ///
  /// @throws IOException if the server does not answer at all
  /// @throws InterruptedException if the thread was interrupted meanwhile
  public static Checked run(URI address, CheckOptions options, PrintStream out)
      throws IOException, InterruptedException {
    return run(address, options, Limits.usual(options.holdAtLeast, options.holdAtMost), out);
  }

  static Checked run(URI address, CheckOptions options, Limits limits, PrintStream out)
      throws IOException, InterruptedException {
    Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var check = new Check(limits, out);
    List<String> remarks;
    try (var server = new Server(address, options, limits)) {
      check.reach(server, options);
      for (Rule.Group group :
          List.of(
              new BasicRules(server, limits).group(),
              new UpdateRules(server, options, limits).group(),
              new TextRules(server, options, limits).group(),
              new LongPollRules(server, limits).group(),
              new ShortPollRules(server, options, limits).group(),
              new EventStreamRules(server, options, limits).group(),
              new WebSocketRules(server, options, limits).group(),
              new HoldRules(server, limits).group())) {
        check.tryAll(server, group);
      }
      remarks = server.remarks().stream().map(Printable::of).toList();
    }
    check.out.print(remarks);
    return new Checked(address, at, List.copyOf(check.findings), remarks);
  }

  /// Any answer will do. A task that is to be checked is created by an update.
  private void reach(Server server, CheckOptions options) throws IOException, InterruptedException {
    var _ = server.firstPoll().peek(limits.atOnce());
    if (options.task != null) {
      var _ = server.startUpdate(options.statuses.getFirst()).peek(limits.atOnce());
    }
  }

  private void tryAll(Server server, Rule.Group group) throws InterruptedException {
    @Nullable String missing = over;
    for (Rule rule : group.rules()) {
      long since = System.nanoTime();
      String skip = missing == null ? over() : missing;
      Finding finding = finding(server, group, rule, skip, since);
      findings.add(finding);
      out.print(finding);
      if (rule.weight() == Weight.FOUNDATION) {
        missing =
            switch (finding.outcome()) {
              case FAIL -> "cannot be tried until '%s' holds".formatted(rule.name());
              case SKIP -> finding.found();
              default -> missing;
            };
      }
    }
    if (group.basic()) {
      over = missing;
    }
  }

  private @Nullable String over() {
    if (over == null && System.nanoTime() - start > limits.whole().toNanos()) {
      over = "the check ends after " + Call.seconds(limits.whole());
    }
    return over;
  }

  private Finding finding(
      Server server, Rule.Group group, Rule rule, @Nullable String skip, long since)
      throws InterruptedException {
    Outcome broken = rule.weight() == Weight.RECOMMENDED ? Outcome.WEAK : Outcome.FAIL;
    Outcome outcome = Outcome.PASS;
    Optional<String> meaning = Optional.empty();
    long askedAgain = server.askedAgain();
    String found = "";
    if (skip != null) {
      outcome = Outcome.SKIP;
      found = skip;
    } else {
      try {
        rule.experiment().run();
        found = rule.remark().get();
      } catch (Broken e) {
        outcome = broken;
        found = e.getMessage() + alsoAskedAgain(server.askedAgain() - askedAgain);
        meaning = e.meaning();
      } catch (Skipped e) {
        outcome = Outcome.SKIP;
        found = String.valueOf(e.getMessage());
      } catch (ConnectException _) {
        outcome = broken;
        found = "nobody listens there any more";
        over = "the server has gone";
      } catch (IOException e) {
        outcome = broken;
        found =
            "it, or %s in between, hung up without an answer: %s"
                .formatted(
                    server.proxies().one(),
                    Quote.of(e.getMessage() == null ? e.toString() : e.getMessage()));
        meaning = Optional.of("a client is left without an answer, and must ask again");
      }
    }
    long millis = Duration.ofNanos(System.nanoTime() - since).toMillis();
    return Finding.of(group, rule, outcome, found, meaning, millis);
  }

  private static String alsoAskedAgain(long requests) {
    return requests == 0
        ? ""
        : " (%d of its requests found their kept connection closed and were asked again)"
            .formatted(requests);
  }
}
