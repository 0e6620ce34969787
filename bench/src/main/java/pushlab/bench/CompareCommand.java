package pushlab.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import pushlab.bench.host.Home;
import pushlab.bench.watch.Target;
import pushlab.report.Report;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Run;
import pushlab.report.result.Transport;

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

  @ArgGroup private @Nullable Named named;

  /// A plan by its name.
  private static final class Named {
    @Option(names = "--quick", description = "A first answer within three minutes.")
    private boolean quick;

    @Option(
        names = "--standard",
        description = "An answer to work with, in a quarter of an hour; the plan unless told.")
    @SuppressWarnings("UnusedVariable") // It is what is done without it too.
    private boolean standard;

    @Option(names = "--full", description = "An answer to publish, in an hour.")
    private boolean full;

    Run.Plan plan(long seed) {
      return quick ? Plans.quick(seed) : full ? Plans.full(seed) : Plans.standard(seed);
    }
  }

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Go on with the run in this folder, which was broken off, by its own plan.")
  private @Nullable Path resume;

  @Option(
      names = "--target",
      paramLabel = "URL",
      description = "Measure the server that runs there instead of ours.")
  private @Nullable URI target;

  @Option(
      names = "--transports",
      split = ",",
      paramLabel = "NAME",
      description = "Of short-polling, long-polling, sse and websocket; all unless told.")
  private @Nullable List<Transport> transports;

  @Option(
      names = "--clients",
      split = ",",
      paramLabel = "N",
      description = "How many subscribers at once, for example 10,100,1000.")
  private @Nullable List<Integer> clients;

  @Option(
      names = "--updates-per-second",
      split = ",",
      paramLabel = "RATE",
      description = "How often the status changes, for example 0.2,2,20.")
  private @Nullable List<Double> updatesPerSecond;

  @Option(
      names = "--poll-interval",
      paramLabel = "TIME",
      description = "How long short polling waits between two requests: 970ms unless told.")
  private @Nullable Duration pollInterval;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long each repeat of a cell is measured.")
  private @Nullable Double seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      description = "How long a new server is warmed up before it is measured; 0s for not at all.")
  private @Nullable Duration warmUp;

  @Option(names = "--repeats", paramLabel = "N", description = "How often each cell is measured.")
  private @Nullable Integer repeats;

  @Option(
      names = "--no-suites",
      description = "Leave out JMH and Gatling: deliveries only, sooner.")
  private boolean noSuites;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What shuffles the order of the cells; any unless told.")
  private @Nullable Long seed;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Where runs are kept; results/ unless told.")
  private @Nullable Path results;

  @Override
  public Integer call() throws IOException {
    Home home = Home.find();
    ResultsFolder folder;
    Comparison comparison;
    if (resume == null) {
      Run.Plan plan = plan();
      Target given = given();
      folder =
          new ResultsFolder(
              OutcomeFolder.in(results == null ? home.results() : results, plan.name()));
      String command =
          "./lab " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
      comparison = Comparison.begin(home, folder, plan, command, given, !noSuites);
    } else {
      requireNothingBesideResume();
      folder = new ResultsFolder(resume);
      comparison = Comparison.resume(home, folder, !noSuites);
    }

    var breakOff = new BreakOff(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(new Thread(breakOff));
    try {
      boolean finished = comparison.run();
      breakOff.measured();
      Report.Written report = Report.write(folder);
      System.out.println();
      System.out.println(report.table());
      System.out.println("report: " + report.html());
      return finished ? 0 : 1;
    } finally {
      breakOff.reported();
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

  private Run.Plan plan() {
    long chosenSeed = seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
    Run.Plan plan = named == null ? Plans.standard(chosenSeed) : named.plan(chosenSeed);
    return withOwnAxes(plan);
  }

  private Run.Plan withOwnAxes(Run.Plan named) {
    boolean own =
        Stream.of(transports, clients, updatesPerSecond, pollInterval, warmUp, seconds, repeats)
            .anyMatch(Objects::nonNull);
    var plan =
        new Run.Plan(
            own ? "own" : named.name(),
            axis(transports, named.transports()),
            axis(clients, named.clients()),
            axis(updatesPerSecond, named.updatesPerSecond()),
            pollInterval == null ? named.pollIntervalMillis() : pollInterval.toMillis(),
            warmUp == null ? named.warmUpSeconds() : warmUp.toMillis() / 1000.0,
            seconds == null ? named.seconds() : seconds,
            repeats == null ? named.repeats() : repeats,
            named.seed());
    require(
        plan.clients().stream().allMatch(n -> n >= 1 && n <= 20_000), "--clients", "1 to 20000");
    require(
        plan.updatesPerSecond().stream().allMatch(rate -> rate > 0 && rate <= 1000),
        "--updates-per-second",
        "more than 0, up to 1000");
    require(plan.pollIntervalMillis() >= 1, "--poll-interval", "at least 1ms");
    require(
        plan.warmUpSeconds() >= 0 && plan.warmUpSeconds() <= 3600, "--warm-up", "from 0s to 3600s");
    require(plan.seconds() > 0 && plan.seconds() <= 3600, "--seconds", "more than 0, up to 3600");
    require(plan.repeats() >= 1, "--repeats", "at least 1");
    return plan;
  }

  private static <T> List<T> axis(@Nullable List<T> given, List<T> named) {
    return given == null ? named : given.stream().distinct().toList();
  }

  private @Nullable Target given() {
    try {
      return target == null ? null : Target.of(target);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--target: " + e.getMessage());
    }
  }

  private void require(boolean holds, String option, String range) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), option + " must be " + range);
    }
  }
}
