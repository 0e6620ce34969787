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
import pushlab.bench.check.Rule.Weight;
import pushlab.bench.host.Reason;
import pushlab.bench.net.Printable;
import pushlab.bench.text.SaidException;
import pushlab.bench.text.Texts;
import pushlab.report.text.Language;
import pushlab.report.text.Phrase;

/// The conformance check. It tests a server against every rule of the contract.
public final class Check {

  private final CheckedServer server;
  private final @Nullable Direct direct;
  private final Judge judge;
  private final Road road;
  private final Limits limits;
  private final Printout out;
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final long start = System.nanoTime();

  /// Why the remaining rules cannot be tested; null as long as they can.
  private @Nullable String over;

  /// Whether the road breaks a foundation, so that the remaining rules can only be tested at the
  /// server's own address.
  private boolean onlyDirect;

  private Check(CheckedServer server, @Nullable Direct direct, Limits limits, Printout out) {
    this.server = server;
    this.direct = direct;
    this.judge = new Judge(server, direct);
    this.road = new Road(direct != null);
    this.limits = limits;
    this.out = out;
  }

  /// Tests every rule on the server at `address`, and prints the findings. It changes the status
  /// about a thousand times, and takes about 25 s more than the server's hold; with `direct` at
  /// most twice as long.
  ///
  /// @param direct the server's own address, if `address` is that of a proxy; a rule that is broken
  ///     at `address` is tested there too. Null if it is not known
  /// @param language of what is printed around the findings, which are in English
  /// @throws SaidException if `direct` is another server, or does not answer
  /// @throws IOException if the server does not answer at all
  /// @throws InterruptedException if the thread was interrupted
  public static CheckResult run(
      URI address, @Nullable URI direct, CheckOptions options, PrintStream out, Language language)
      throws IOException, InterruptedException {
    Limits limits = Limits.usual(options.holdAtLeast, options.holdAtMost);
    return run(address, direct, options, limits, out, language);
  }

  static CheckResult run(
      URI address,
      @Nullable URI direct,
      CheckOptions options,
      Limits limits,
      PrintStream out,
      Language language)
      throws IOException, InterruptedException {
    Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    try (var server = new CheckedServer(address, options, limits);
        Direct there = direct(direct, options, limits)) {
      var check =
          new Check(
              server, there, there == null ? limits : limits.twice(), new Printout(out, language));
      check.reach(options);
      for (Rule.Group group : Rules.all(server, options, limits, check.road)) {
        check.testAll(group);
      }
      List<String> remarks = check.remarks();
      check.out.print(remarks);
      return new CheckResult(address, direct, at, List.copyOf(check.findings), remarks);
    }
  }

  private static @Nullable Direct direct(@Nullable URI address, CheckOptions options, Limits limits)
      throws IOException {
    if (address == null) {
      return null;
    }
    try {
      return new Direct(address, options, limits);
    } catch (IOException e) {
      throw silent(address, e);
    }
  }

  private static SaidException silent(URI address, IOException e) {
    Phrase reason =
        e instanceof ConnectException ? Texts.of("check.no-server") : Phrase.verbatim(Reason.of(e));
    return new SaidException(Texts.of("check.no-answer", address, reason), e);
  }

  /// Requires an answer, whatever it is, and that the server at its own address is the same. If a
  /// task is given, an update creates it.
  private void reach(CheckOptions options) throws IOException, InterruptedException {
    var _ = server.firstPoll().peek(limits.atOnce());
    if (options.task != null) {
      var _ = server.startUpdate(options.statuses.getFirst()).peek(limits.atOnce());
    }
    if (direct == null) {
      return;
    }
    try {
      if (!direct.requireSame(server)) {
        remarks.add(
            "whether both addresses belong to one server is not known, because polls get no version at %s"
                .formatted(server.address()));
      }
    } catch (SaidException e) {
      throw e;
    } catch (IOException e) {
      throw silent(direct.address(), e);
    }
  }

  private void testAll(Rule.Group group) throws InterruptedException {
    @Nullable String missing = over;
    boolean elsewhere = onlyDirect && !group.isAboutTheRoad();
    for (Rule rule : group.rules()) {
      long since = System.nanoTime();
      String skip = missing == null ? over(group) : missing;
      Finding finding =
          skip == null
              ? tested(group, rule, elsewhere, since)
              : finding(group, rule, Outcome.SKIP, skip, since);
      findings.add(finding);
      out.print(finding);
      if (rule.weight() == Weight.FOUNDATION && !elsewhere) {
        String needs = "needs '%s', which ".formatted(rule.name());
        switch (finding.outcome()) {
          case FAIL -> missing = needs + "the server does not keep";
          case SKIP -> missing = finding.found();
          case ROAD -> {
            elsewhere = direct != null;
            missing = elsewhere ? null : needs + "the road breaks";
          }
          default -> {
            // The group goes on.
          }
        }
      }
    }
    if (group.kind() == Rule.Group.Kind.BASIC) {
      over = missing;
      onlyDirect = elsewhere;
    }
  }

  /// The rules about the road are tested beyond the time limit too: the road may be why the others
  /// took so long.
  private @Nullable String over(Rule.Group group) {
    boolean late = System.nanoTime() - start > limits.whole().toNanos();
    return late && over == null && !group.isAboutTheRoad()
        ? "the check has reached its time limit of " + Call.seconds(limits.whole())
        : over;
  }

  private Finding tested(Rule.Group group, Rule rule, boolean elsewhere, long since)
      throws InterruptedException {
    if (elsewhere && direct != null) {
      return testedElsewhere(group, rule, direct, since);
    }
    return switch (Trial.of(rule, server)) {
      case Trial.Kept kept -> finding(group, rule, Outcome.PASS, kept.remark(), since);
      case Trial.Omitted omitted -> finding(group, rule, Outcome.SKIP, omitted.why(), since);
      case Trial.Failed failed -> failed(group, rule, failed, since);
    };
  }

  private Finding failed(Rule.Group group, Rule rule, Trial.Failed failed, long since)
      throws InterruptedException {
    if (failed.stopped()) {
      over = "the server has stopped";
    }
    Judge.Judgement judged = judge.of(rule, group.isAboutTheRoad(), failed);
    boolean roads = judged.outcome() == Outcome.ROAD;
    failed
        .suspicion()
        .ifPresent(
            suspicion ->
                road.see(
                    suspicion.fault(),
                    new Road.Sighting(rule.name(), failed.found(), roads, suspicion.shown())));
    Optional<String> meaning = failed.meaning();
    Optional<String> explained = judged.fault().filter(_ -> roads).map(RoadFault::rule);
    String found =
        explained.isPresent() && !group.isAboutTheRoad() ? failed.found() : judged.found();
    return finding(group, rule, judged.outcome(), found, meaning, explained, since);
  }

  /// Tests a rule at the server's own address only.
  private static Finding testedElsewhere(Rule.Group group, Rule rule, Direct there, long since)
      throws InterruptedException {
    String only = "tested only at %s".formatted(there.address());
    return switch (there.test(rule)) {
      case Trial.Kept kept ->
          finding(
              group,
              rule,
              Outcome.PASS,
              kept.remark().isEmpty() ? only : only + ": " + kept.remark(),
              since);
      case Trial.Omitted omitted -> finding(group, rule, Outcome.SKIP, omitted.why(), since);
      case Trial.Failed failed ->
          finding(
              group,
              rule,
              rule.weight() == Weight.RECOMMENDED ? Outcome.WEAK : Outcome.FAIL,
              failed.found() + ", " + only,
              failed.meaning(),
              Optional.empty(),
              since);
    };
  }

  private static Finding finding(
      Rule.Group group, Rule rule, Outcome outcome, String found, long since) {
    return finding(group, rule, outcome, found, Optional.empty(), Optional.empty(), since);
  }

  private static Finding finding(
      Rule.Group group,
      Rule rule,
      Outcome outcome,
      String found,
      Optional<String> meaning,
      Optional<String> road,
      long since) {
    long millis = Duration.ofNanos(System.nanoTime() - since).toMillis();
    return Finding.of(group, rule, outcome, found, meaning, road, millis);
  }

  private List<String> remarks() {
    if (direct == null) {
      server
          .proxies()
          .named()
          .ifPresent(
              proxy ->
                  remarks.add(
                      "a proxy stands between (%s); with --direct URL, the server's own address, each fault is"
                              .formatted(proxy)
                          + " looked for there too"));
    }
    return remarks.stream().map(Printable::of).toList();
  }
}
