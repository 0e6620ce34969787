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
import pushlab.report.result.Transport;
import pushlab.report.text.Language;

/// The conformance check. It tests a server against every rule of the contract.
public final class Check {

  private final Limits limits;
  private final Printout out;
  private final List<Finding> findings = new ArrayList<>();
  private final long start = System.nanoTime();

  /// Why the remaining rules cannot be tested; null as long as they can.
  private @Nullable String over;

  private Check(Limits limits, PrintStream out, Language language) {
    this.limits = limits;
    this.out = new Printout(out, language);
  }

  /// Tests every rule on the server at `address`, and prints the findings. It changes the status
  /// about a thousand times, and takes about 25 s more than the server's hold.
  ///
  /// @param language of what is printed around the findings, which are in English
  /// @throws IOException if the server does not answer at all
  /// @throws InterruptedException if the thread was interrupted
  public static CheckResult run(
      URI address, CheckOptions options, PrintStream out, Language language)
      throws IOException, InterruptedException {
    Limits limits = Limits.usual(options.holdAtLeast, options.holdAtMost);
    return run(address, options, limits, out, language);
  }

  static CheckResult run(
      URI address, CheckOptions options, Limits limits, PrintStream out, Language language)
      throws IOException, InterruptedException {
    Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var check = new Check(limits, out, language);
    List<String> remarks;
    try (var server = new CheckedServer(address, options, limits)) {
      check.reach(server, options);
      for (Rule.Group group : groups(server, options, limits)) {
        check.tryAll(server, group);
      }
      remarks = server.remarks().stream().map(Printable::of).toList();
    }
    check.out.print(remarks);
    return new CheckResult(address, at, List.copyOf(check.findings), remarks);
  }

  /// All rules, in the order in which they are tested. The long poll comes before the other
  /// transports, because every server has it.
  private static List<Rule.Group> groups(
      CheckedServer server, CheckOptions options, Limits limits) {
    var groups = new ArrayList<Rule.Group>();
    groups.add(new BasicRules(server, limits).group());
    groups.add(new UpdateRules(server, options, limits).group());
    groups.add(new TextRules(server, options, limits).group());
    groups.add(group(Transport.LONG_POLLING, server, options, limits));
    for (Transport other : Transport.values()) {
      if (other != Transport.LONG_POLLING) {
        groups.add(group(other, server, options, limits));
      }
    }
    groups.add(new HoldRules(server, limits).group());
    return groups;
  }

  private static Rule.Group group(
      Transport transport, CheckedServer server, CheckOptions options, Limits limits) {
    return switch (transport) {
      case SHORT_POLLING -> new ShortPollRules(server, options, limits).group();
      case LONG_POLLING -> new LongPollRules(server, limits).group();
      case SERVER_SENT_EVENTS -> new EventStreamRules(server, options, limits).group();
      case NDJSON_STREAM -> new NdjsonStreamRules(server, options, limits).group();
      case WEBSOCKET -> new WebSocketRules(server, options, limits).group();
    };
  }

  /// Requires an answer, whatever it is. If a task is given, an update creates it.
  private void reach(CheckedServer server, CheckOptions options)
      throws IOException, InterruptedException {
    var _ = server.firstPoll().peek(limits.atOnce());
    if (options.task != null) {
      var _ = server.startUpdate(options.statuses.getFirst()).peek(limits.atOnce());
    }
  }

  private void tryAll(CheckedServer server, Rule.Group group) throws InterruptedException {
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
              case FAIL -> "needs '%s', which the server does not keep".formatted(rule.name());
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
      over = "the check has reached its time limit of " + Call.seconds(limits.whole());
    }
    return over;
  }

  private Finding finding(
      CheckedServer server, Rule.Group group, Rule rule, @Nullable String skip, long since)
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
        found = "the server no longer accepts connections";
        over = "the server has stopped";
      } catch (IOException e) {
        outcome = broken;
        found =
            "the server, or %s in between, closed the connection without an answer: %s"
                .formatted(
                    server.proxies().one(),
                    Quote.of(e.getMessage() == null ? e.toString() : e.getMessage()));
        meaning = Optional.of("the client gets no answer and must ask again");
      }
    }
    long millis = Duration.ofNanos(System.nanoTime() - since).toMillis();
    return Finding.of(group, rule, outcome, found, meaning, millis);
  }

  private static String alsoAskedAgain(long requests) {
    return requests == 0
        ? ""
        : " (%d of its requests were sent again because their kept connection was closed)"
            .formatted(requests);
  }
}
