package pushlab.bench.run;

import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pushlab.bench.host.ChildEnvironment;
import pushlab.bench.host.Home;
import pushlab.bench.host.MachineInfo;
import pushlab.bench.host.Reason;
import pushlab.bench.watch.Measured;
import pushlab.bench.watch.Target;
import pushlab.bench.watch.WatchLoad;
import pushlab.report.result.BrokenResultException;
import pushlab.report.result.Cell;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Run;
import pushlab.report.result.Said;
import pushlab.report.text.Remark;

/// One run against one server. Each round starts a new process of our server and measures every
/// cell of the plan once, in a shuffled order. JMH and Gatling follow the last round. A result is
/// written to disk as soon as it is known.
public final class Comparison {

  private static final double SECONDS_AROUND_A_CELL = 1;

  private final Home home;
  private final ResultsFolder folder;
  private final @Nullable ExternalServer given;
  private final boolean suites;
  private final List<Cell> cells = new ArrayList<>();
  private Run run;

  private Comparison(
      Home home, ResultsFolder folder, Run run, @Nullable ExternalServer given, boolean suites) {
    this.home = home;
    this.folder = folder;
    this.run = run;
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
            plan,
            MachineInfo.read(home),
            false,
            List.of(),
            List.of(),
            null);
    return new Comparison(home, folder, run, given, suites);
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
      var comparison =
          new Comparison(
              home,
              folder,
              run.with(Remark.RESUMED.say(Instant.now(), home.commit())),
              run.target() == null ? null : ExternalServer.at(Target.parse(run.target())),
              suites);
      comparison.cells.addAll(cells);
      return comparison;
    } catch (BrokenResultException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /// Runs all comparisons, and returns whether they finished: false if the thread was interrupted
  /// or a result could not be written. The comparisons take turns round by round, so that a
  /// disturbance of the machine affects all of them.
  ///
  /// @throws IOException if nothing at all could be measured
  public static boolean run(List<Comparison> all) throws IOException {
    try {
      for (Comparison each : all) {
        each.prepare();
      }
      double seconds = all.stream().mapToDouble(Comparison::expectedSeconds).sum();
      int rounds = all.stream().mapToInt(each -> each.run.plan().repeats()).max().orElse(0);
      try (var progress = new Progress(seconds)) {
        for (int round = 1; round <= rounds; round++) {
          for (Comparison each : all) {
            each.measureRound(round, progress);
          }
        }
        for (Comparison each : all) {
          each.finish(progress);
        }
      }
    } catch (InterruptedException _) {
      all.forEach(each -> each.remarkUnlessFinished(Remark.BROKEN_OFF.say()));
    } catch (IOException e) {
      all.forEach(each -> each.remarkUnlessFinished(Remark.ENDED_EARLY.say(Reason.of(e))));
      if (all.stream().allMatch(Comparison::nothingMeasured)) {
        for (Comparison each : all) {
          each.folder.write(each.run);
        }
        throw e;
      }
    }
    boolean finished = true;
    for (Comparison each : all) {
      each.folder.write(each.run);
      finished &= each.run.finished();
    }
    return finished;
  }

  private void prepare() throws IOException, InterruptedException {
    folder.write(run);
    if (given == null && !ChildEnvironment.leftOut().isEmpty()) {
      remark(Remark.ENVIRONMENT.say(String.join(", ", ChildEnvironment.leftOut())));
    }
    if (given != null) {
      run = run.with(run.plan().with(new TryOut(given.target(), this::remark).of(run.plan())));
    }
    var ids = cells.stream().map(Cell::id).collect(toSet());
    cells.addAll(
        Plans.cells(run.plan()).stream().filter(cell -> !ids.contains(cell.id())).toList());
  }

  private void finish(Progress progress) throws IOException, InterruptedException {
    if (nothingMeasured()) {
      throw new IOException("nothing could be measured: " + run.remarks().getLast());
    }
    measureIdle(progress);
    runSuites(progress);
    stopIfInterrupted();
    run = run.finish();
  }

  private void remarkUnlessFinished(Said sentence) {
    if (!run.finished()) {
      remark(sentence);
    }
  }

  private boolean nothingMeasured() {
    return cells.stream().allMatch(cell -> cell.repeats().isEmpty());
  }

  private void measureIdle(Progress progress) throws IOException, InterruptedException {
    if (run.plan().idleSeconds() > 0) {
      try (ServerUnderTest subject = subject()) {
        new IdleTime(folder, run.plan(), subject, this::remark).measure(progress);
      }
    }
  }

  private void runSuites(Progress progress) throws IOException, InterruptedException {
    if (suites) {
      try (ServerUnderTest subject = subject()) {
        new Suites(folder, run.plan(), subject, this::remark).run(progress);
      }
    } else {
      remark(Remark.NO_SUITES.say());
    }
  }

  private void measureRound(int round, Progress progress) throws IOException, InterruptedException {
    List<Integer> left =
        shuffled(round).stream().filter(index -> !cells.get(index).hasRepeat(round)).toList();
    while (!left.isEmpty()) {
      left = measureUntilTheServerDies(left, round, progress);
    }
  }

  /// Measures cells against a new server process. Returns the cells that are left if that process
  /// ended by itself.
  private List<Integer> measureUntilTheServerDies(List<Integer> order, int round, Progress progress)
      throws IOException, InterruptedException {
    try (ServerUnderTest subject = subject()) {
      if (round == 1) {
        subject.saidHold().ifPresent(hold -> run = run.with(hold.time()));
      }
      subject.notKnown().stream()
          .map(Remark::say)
          .filter(sentence -> !run.remarks().contains(sentence.text()))
          .forEach(this::remark);
      warmUp(subject, round, progress);
      for (int next = 0; next < order.size(); next++) {
        int index = order.get(next);
        Cell cell = cells.get(index);
        progress.step("round %d: %s".formatted(round, cell.title()));
        try {
          cells.set(index, measure(subject, cell, round));
        } catch (IOException e) {
          stopIfInterrupted();
          remark(Remark.CELL_FAILED.say(cell, round, Reason.of(e)));
        }
        progress.done(run.plan().seconds() + SECONDS_AROUND_A_CELL);
        if (subject.hasDied()) {
          remark(Remark.SERVER_ENDED.say(cell, round));
          return order.subList(next + 1, order.size());
        }
      }
      return List.of();
    }
  }

  private void warmUp(ServerUnderTest subject, int round, Progress progress)
      throws InterruptedException {
    progress.step("round %d: warming up".formatted(round));
    try {
      WarmUp.of(subject.target(), run.plan());
    } catch (IOException e) {
      stopIfInterrupted();
      remark(Remark.NOT_WARMED_UP.say(round, Reason.of(e)));
    }
    progress.done(run.plan().warmUpSeconds());
  }

  private Cell measure(ServerUnderTest subject, Cell cell, int round)
      throws IOException, InterruptedException {
    Measurement measurement = Measurement.of(subject, workload(cell), round);
    Measured measured = measurement.measured();
    Cell measuredCell = cell.with(measurement.repeat());
    folder.write(measuredCell, round, measured.latency().raw(), measured.latency().corrected());
    folder.write(measuredCell);
    if (measured.firstError() != null) {
      remark(
          Remark.CELL_ERRORS.say(cell, round, measured.faults().errors(), measured.firstError()));
    }
    return measuredCell;
  }

  private List<Integer> shuffled(int round) {
    var order = new ArrayList<Integer>(IntStream.range(0, cells.size()).boxed().toList());
    Collections.shuffle(order, new Random(run.plan().seed() + round));
    return order;
  }

  private WatchLoad workload(Cell cell) {
    return new WatchLoad(
        cell.transport(),
        cell.clients(),
        cell.updatesPerSecond(),
        Duration.ofMillis(requireNonNullElse(cell.pollIntervalMillis(), 0L)),
        cell.tasks(),
        cell.payload(),
        Plans.seconds(run.plan().seconds()));
  }

  private double expectedSeconds() {
    Run.Plan plan = run.plan();
    double round = plan.warmUpSeconds() + cells.size() * (plan.seconds() + SECONDS_AROUND_A_CELL);
    return plan.repeats() * round
        + IdleTime.expectedSeconds(plan)
        + (suites ? Suites.expectedSeconds(plan) : 0);
  }

  /// An interrupt may have made a write fail, or may not have been noticed yet.
  private static void stopIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private ServerUnderTest subject() throws IOException {
    return ServerUnderTest.start(home, folder.path().resolve("server.log"), given);
  }

  private void remark(Said sentence) {
    run = run.with(sentence);
  }
}
