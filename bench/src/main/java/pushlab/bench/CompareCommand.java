package pushlab.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import pushlab.bench.host.Home;
import pushlab.bench.host.OpenFiles;
import pushlab.bench.run.Comparison;
import pushlab.bench.run.ExternalServer;
import pushlab.bench.watch.Target;
import pushlab.report.Report;
import pushlab.report.SideBySide;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Run;

/// `./lab compare`: measures, writes the report and prints its answer.
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Measures the four transports against each other and writes a report.",
      "Without --quick it takes about a quarter of an hour. Axes given by hand replace the plan's."
    })
final class CompareCommand implements Callable<Integer> {

  private static final Duration LAST_WORDS = Duration.ofSeconds(20);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private PlanOptions planned;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Go on with the run in this folder, which was broken off, by its own plan.")
  private @Nullable Path resume;

  @Option(
      names = "--target",
      split = ",",
      paramLabel = "URL",
      description =
          "Measure the server that runs there too, and put it beside ours: twice the time. Of"
              + " several that share one state the first is updated, and the clients are spread"
              + " over all.")
  private List<URI> target = List.of();

  @Option(names = "--alone", description = "Measure the server of --target only, and not ours.")
  private boolean alone;

  @Option(
      names = "--pid",
      split = ",",
      paramLabel = "N",
      description =
          "The first process of each server of --target, for its CPU time and memory and those of"
              + " all that it has started; by its port unless told.")
  private List<Long> processes = List.of();

  @Option(
      names = "--store-pid",
      paramLabel = "N",
      description =
          "The first process of the store that the servers of --target share, PostgreSQL's"
              + " postmaster for example, for its share of the CPU time.")
  private @Nullable Long store;

  @Option(
      names = "--no-suites",
      description = "Leave out JMH and Gatling: deliveries only, sooner.")
  private boolean noSuites;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Where runs are kept; results/ unless told.")
  private @Nullable Path results;

  @Override
  public Integer call() throws IOException {
    Home home = Home.find();
    var folders = new ArrayList<ResultsFolder>();
    var comparisons = new ArrayList<Comparison>();
    if (resume == null) {
      begin(home, folders, comparisons);
    } else {
      requireNothingBesideResume();
      folders.add(new ResultsFolder(resume));
      comparisons.add(Comparison.resume(home, folders.getFirst(), !noSuites));
    }

    var breakOff = new BreakOff(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(new Thread(breakOff));
    try {
      boolean finished = Comparison.run(comparisons);
      breakOff.measured();
      for (ResultsFolder folder : folders) {
        Report.Written report = Report.write(folder);
        System.out.println();
        System.out.println(report.table());
        System.out.println("report: " + report.html());
      }
      if (folders.size() == 2) {
        beside(folders.getFirst().path(), folders.getLast().path());
      }
      return finished ? 0 : 1;
    } finally {
      breakOff.reported();
    }
  }

  private static void beside(Path ours, Path theirs) throws IOException {
    SideBySide.Written both =
        SideBySide.write(ours, theirs, theirs.resolve("beside-" + ours.getFileName()));
    System.out.println();
    System.out.println(both.table());
    System.out.println("both side by side: " + both.html());
  }

  /// One run, or with a target two: ours and that of the other server, by the same plan.
  private void begin(Home home, List<ResultsFolder> folders, List<Comparison> comparisons)
      throws IOException {
    ExternalServer given = given();
    Run.Plan plan = planned.plan();
    OpenFiles.ofThisProcess().requireFor(Collections.max(plan.clients()));
    Path ours = OutcomeFolder.in(results == null ? home.results() : results, plan.name());
    String command =
        "./lab " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    if (!alone) {
      folders.add(new ResultsFolder(ours));
      comparisons.add(Comparison.begin(home, folders.getLast(), plan, command, null, !noSuites));
    }
    if (given != null) {
      folders.add(
          new ResultsFolder(
              alone
                  ? ours
                  : Files.createDirectory(ours.resolveSibling(ours.getFileName() + "-target"))));
      comparisons.add(Comparison.begin(home, folders.getLast(), plan, command, given, !noSuites));
    }
  }

  /// Ctrl-C: the run ends where it is, stops what it started, and reports what it has.
  private static final class BreakOff implements Runnable {

    private final Thread measuring;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean measured;

    BreakOff(Thread measuring) {
      this.measuring = measuring;
    }

    @Override
    public void run() {
      interrupt();
      try {
        var _ = ended.await(LAST_WORDS.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    private synchronized void interrupt() {
      if (!measured) {
        measuring.interrupt();
      }
    }

    /// From now on the report is written, which an interrupt would only spoil.
    synchronized void measured() {
      measured = true;
      Thread.interrupted();
    }

    void reported() {
      ended.countDown();
    }
  }

  private void requireNothingBesideResume() {
    for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
      if (!List.of("--resume", "--no-suites").contains(given.longestName())) {
        throw new ParameterException(
            spec.commandLine(),
            given.longestName() + " does not go with --resume: a run goes on by its own plan");
      }
    }
  }

  private @Nullable ExternalServer given() {
    if (target.isEmpty()) {
      require(!alone, "--alone needs a --target");
      require(processes.isEmpty(), "--pid needs a --target");
      require(store == null, "--store-pid needs a --target");
      return null;
    }
    require(
        processes.isEmpty() || processes.size() == target.size(),
        "--pid must be one process for each address of --target");
    try {
      return new ExternalServer(Target.of(target), processes, store);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--target: " + e.getMessage());
    }
  }

  private void require(boolean holds, String rule) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), rule);
    }
  }
}
