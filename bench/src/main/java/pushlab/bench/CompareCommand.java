package pushlab.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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

  @Option(names = "--quick", description = "A first answer within three minutes.")
  private boolean quick;

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

  @Option(names = "--repeats", paramLabel = "N", description = "How often each cell is measured.")
  private @Nullable Integer repeats;

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
    Run.Plan plan = plan();
    ResultsFolder folder = newFolder(results == null ? home.results() : results, plan.name());
    String command =
        "./lab " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    Target given = target == null ? null : Target.of(target);
    var comparison = new Comparison(home, folder, plan, command, given);

    var ended = new CountDownLatch(1);
    Thread measuring = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> breakOff(measuring, ended)));
    try {
      boolean finished = comparison.run();
      Report.Written report = Report.write(folder);
      System.out.println();
      System.out.println(report.table());
      System.out.println("report: " + report.html());
      return finished ? 0 : 1;
    } finally {
      ended.countDown();
    }
  }

  /// Ctrl-C: the run ends where it is, stops what it started, and reports what it has.
  private static void breakOff(Thread measuring, CountDownLatch ended) {
    measuring.interrupt();
    try {
      ended.await(LAST_WORDS.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Run.Plan plan() {
    long chosenSeed = seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
    Run.Plan named = quick ? Plans.quick(chosenSeed) : Plans.standard(chosenSeed);
    boolean own =
        Stream.of(transports, clients, updatesPerSecond, pollInterval, seconds, repeats)
            .anyMatch(Objects::nonNull);
    var plan =
        new Run.Plan(
            own ? "own" : named.name(),
            transports == null ? named.transports() : transports,
            clients == null ? named.clients() : clients,
            updatesPerSecond == null ? named.updatesPerSecond() : updatesPerSecond,
            pollInterval == null ? named.pollIntervalMillis() : pollInterval.toMillis(),
            named.warmUpSeconds(),
            seconds == null ? named.seconds() : seconds,
            repeats == null ? named.repeats() : repeats,
            chosenSeed);
    require(
        plan.clients().stream().allMatch(n -> n >= 1 && n <= 20_000), "--clients", "1 to 20000");
    require(
        plan.updatesPerSecond().stream().allMatch(rate -> rate > 0 && rate <= 1000),
        "--updates-per-second",
        "more than 0, up to 1000");
    require(plan.pollIntervalMillis() >= 1, "--poll-interval", "at least 1ms");
    require(plan.seconds() > 0 && plan.seconds() <= 3600, "--seconds", "more than 0, up to 3600");
    require(plan.repeats() >= 1, "--repeats", "at least 1");
    return plan;
  }

  private void require(boolean holds, String option, String range) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), option + " must be " + range);
    }
  }

  private static ResultsFolder newFolder(Path results, String plan) throws IOException {
    String name =
        "%s-%s"
            .formatted(
                LocalDateTime.now(ZoneId.systemDefault())
                    .format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss", Locale.ROOT)),
                plan);
    try {
      return new ResultsFolder(Files.createDirectories(results.resolve(name)));
    } catch (IOException e) {
      throw new IOException("cannot write results to %s: %s".formatted(results, e.getMessage()), e);
    }
  }
}
