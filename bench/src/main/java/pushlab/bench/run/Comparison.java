package pushlab.bench.run;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.bench.host.ChildEnvironment;
import pushlab.bench.host.Home;
import pushlab.bench.host.MachineInfo;
import pushlab.bench.watch.Target;
import pushlab.report.Interim;
import pushlab.report.TerminalSummary;
import pushlab.report.result.BrokenResultException;
import pushlab.report.result.Cell;
import pushlab.report.result.Delivery;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Run;
import pushlab.report.result.Run.Focus;
import pushlab.report.result.Said;
import pushlab.report.result.Transport;
import pushlab.report.result.road.ProxyResult;
import pushlab.report.text.Remark;

/// One run against one server. Each round starts a new process of our server and measures cells of
/// the plan once, in a shuffled order ([Agenda]). JMH and Gatling follow the last round of a plan
/// without a focus. A result is written to disk as soon as it is known.
public final class Comparison {

  private final Home home;
  private final Journal journal;
  private final @Nullable ExternalServer given;
  private final boolean suites;
  private Set<String> open = Set.of();

  private Comparison(Home home, Journal journal, @Nullable ExternalServer given, boolean suites) {
    this.home = home;
    this.journal = journal;
    this.given = given;
    this.suites = suites;
  }

  /// A new run.
  ///
  /// @param command the command line of the run
  /// @param given the server to measure, or null for one that the run starts
  /// @param suites whether to run JMH and Gatling too
  /// @throws IOException if `home` is not a checkout of the lab
  public static Comparison begin(
      Home home,
      ResultsFolder folder,
      Run.Plan plan,
      String command,
      @Nullable ExternalServer given,
      boolean suites)
      throws IOException {
    var run =
        new Run(
            String.valueOf(folder.path().getFileName()),
            Instant.now(),
            command,
            given == null ? null : given.target().toString(),
            home.commit(),
            given == null ? plan : plan.forTarget(),
            MachineInfo.read(home),
            false,
            List.of(),
            List.of(),
            null,
            List.of());
    return new Comparison(home, new Journal(folder, run, List.of()), given, suites);
  }

  /// Measures these workloads beside those of the plan, and keeps them from the model.
  public void holdOut(List<Run.HeldOut> workloads) {
    journal.set(journal.run().holdOut(workloads));
  }

  /// Continues a run that was stopped before its end. What it has measured is kept.
  ///
  /// @throws IOException if the run had finished, or its folder is broken; the message says which
  public static Comparison resume(Home home, ResultsFolder folder, boolean suites)
      throws IOException {
    try {
      Run run = folder.run();
      if (run.finished()) {
        throw new IOException(
            "the run in %s has finished: there is nothing left to measure"
                .formatted(folder.path()));
      }
      var broken = new ArrayList<BrokenResultException>();
      List<Cell> cells = folder.cells(broken);
      if (!broken.isEmpty()) {
        throw broken.getFirst();
      }
      Run resumed = run.with(Remark.RESUMED.say(Instant.now(), home.commit()));
      return new Comparison(
          home, new Journal(folder, resumed, cells), given(run, folder.proxies(broken)), suites);
    } catch (BrokenResultException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /// The server of a run that was stopped; null for ours.
  private static @Nullable ExternalServer given(Run run, List<ProxyResult> proxies) {
    if (run.target() == null) {
      return null;
    }
    Target target = Target.parse(run.target());
    return proxies.stream().anyMatch(ProxyResult::isGiven)
        ? ExternalServer.behind(target, List.of(), null)
        : ExternalServer.at(target);
  }

  /// Finds out what can be measured.
  ///
  /// @throws IOException if that is nothing
  void prepare() throws IOException, InterruptedException {
    journal.write();
    if (given == null && !ChildEnvironment.leftOut().isEmpty()) {
      journal.remark(Remark.ENVIRONMENT.say(String.join(", ", ChildEnvironment.leftOut())));
    }
    if (given != null) {
      List<Transport> kept = new TryOut(given.target(), journal::remark).of(journal.plan());
      journal.set(journal.run().with(journal.plan().with(kept)));
    }
    journal.addCells();
    if (!nothingMeasured()) {
      open = journal.interim().open();
    }
  }

  /// The seconds for all rounds that are left to this run; null for no limit.
  @Nullable Double budgetSeconds() {
    Focus focus = journal.plan().focus();
    return focus == null || focus.budgetSeconds() == null
        ? null
        : Math.max(0, focus.budgetSeconds() - journal.spentSeconds());
  }

  /// How long what is certainly measured is expected to take: the first round of a plan with a
  /// budget, all of any other.
  double expectedSeconds() {
    Run.Plan plan = journal.plan();
    return (budgetSeconds() == null ? plan.repeats() : 1)
            * Round.expectedSeconds(journal, journal.planned())
        + Outages.expectedSeconds(plan)
        + IdleTime.expectedSeconds(plan)
        + (suites && plan.focus() == null ? Suites.expectedSeconds(plan) : 0);
  }

  /// The processes of a server that the run has not started, and of its store.
  Stream<ProcessHandle> givenProcesses() {
    return given == null ? Stream.empty() : given.all();
  }

  /// How many rounds measure all cells.
  int rounds() {
    return journal.plan().repeats();
  }

  /// Measures round `number`, as far as there is time. Returns whether anything was measured.
  ///
  /// @param quiet waits before the first cell
  boolean measureRound(int number, Progress progress, Pace pace, Quiet quiet)
      throws IOException, InterruptedException {
    int before = journal.repeats();
    var round = new Round(number, journal, this::start, progress, pace);
    List<Cell> due = new Agenda(journal.plan()).of(number, journal.cells(), open);
    if (round.hasTimeForOneOf(due)) {
      pace.exclude(quiet.await());
      round.measure(due);
    }
    if (journal.repeats() == before) {
      return false;
    }
    Interim interim = journal.interim();
    open = interim.open();
    progress.say(TerminalSummary.soFar(interim.answers()));
    return true;
  }

  /// Ends the run.
  ///
  /// @throws IOException if nothing was measured
  void finish(Progress progress) throws IOException, InterruptedException {
    if (nothingMeasured()) {
      throw new IOException("nothing could be measured: " + journal.run().remarks().getLast());
    }
    new Outages(journal.folder(), journal.plan(), this::start, journal::remark).measure(progress);
    measureIdle(progress);
    runSuites(progress);
    Round.stopIfInterrupted();
    journal.set(journal.run().finish());
  }

  /// Writes `run.json`. Returns whether the run has finished.
  boolean write() throws IOException {
    return journal.write();
  }

  /// Why no subscriber received any update in the whole run; empty if one did, or if no cell was
  /// measured.
  public Optional<String> whyNothing() {
    return journal.whyNothing();
  }

  void remarkUnlessFinished(Said sentence) {
    if (!journal.run().finished()) {
      journal.remark(sentence);
    }
  }

  boolean nothingMeasured() {
    return journal.repeats() == 0;
  }

  private void measureIdle(Progress progress) throws IOException, InterruptedException {
    if (journal.plan().idleSeconds() > 0) {
      try (ServerUnderTest subject = subject()) {
        new IdleTime(journal.folder(), journal.plan(), subject, journal::remark).measure(progress);
      }
    }
  }

  private void runSuites(Progress progress) throws IOException, InterruptedException {
    if (journal.plan().focus() != null) {
      journal.remark(Remark.SUITES_NOT_PLANNED.say());
    } else if (suites) {
      try (ServerUnderTest subject = subject()) {
        new Suites(journal.folder(), journal.plan(), subject, journal::remark).run(progress);
      }
    } else {
      journal.remark(Remark.NO_SUITES.say());
    }
  }

  private ServerUnderTest subject() throws IOException, InterruptedException {
    return start(Setup.overLoopback(journal.plan()));
  }

  /// The given server, or a new one of ours. Before runs recorded it, our server had threads.
  private ServerUnderTest start(Setup setup) throws IOException, InterruptedException {
    return given == null
        ? ServerUnderTest.start(
            home,
            journal.folder().path().resolve("server.log"),
            setup.delivery().orElse(Delivery.THREADS),
            setup.network())
        : ServerUnderTest.of(given);
  }
}
