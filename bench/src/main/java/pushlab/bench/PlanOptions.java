package pushlab.bench;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import pushlab.bench.run.Plans;
import pushlab.bench.watch.Workload;
import pushlab.report.result.Run;
import pushlab.report.result.Transport;

/// What to measure: a plan by its name, and axes that replace its own.
final class PlanOptions {

  @Spec(Spec.Target.MIXEE)
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
      names = "--transports",
      split = ",",
      paramLabel = "NAME",
      description = "Some of ${COMPLETION-CANDIDATES} (default: the four of the course).")
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
      split = ",",
      paramLabel = "TIME",
      description =
          "How long short polling waits between two requests, for example 0.25s,970ms,5s.")
  private @Nullable List<Duration> pollIntervals;

  @Option(
      names = "--tasks",
      split = ",",
      paramLabel = "N",
      description = "Over how many tasks the subscribers are spread, for example 1,100.")
  private @Nullable List<Integer> tasks;

  @Option(
      names = "--payload",
      split = ",",
      paramLabel = "N",
      description = "How many characters a status has, for example 24,256.")
  private @Nullable List<Integer> payloads;

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
      names = "--idle",
      paramLabel = "TIME",
      description =
          "How long to watch connected clients while nothing changes; where axes are given by"
              + " hand, not at all unless told.")
  private @Nullable Duration idle;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What shuffles the order of the cells; any unless told.")
  private @Nullable Long seed;

  /// The plan that was asked for.
  ///
  /// @throws ParameterException if an axis has a value that it cannot have
  Run.Plan plan() {
    long chosenSeed = seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
    Run.Plan plan = named == null ? Plans.standard(chosenSeed) : named.plan(chosenSeed);
    return withOwnAxes(plan);
  }

  private Run.Plan withOwnAxes(Run.Plan named) {
    boolean own =
        Stream.of(
                transports,
                clients,
                updatesPerSecond,
                pollIntervals,
                tasks,
                payloads,
                warmUp,
                seconds,
                repeats,
                idle)
            .anyMatch(Objects::nonNull);
    var plan =
        new Run.Plan(
            own ? "own" : named.name(),
            axis(transports, named.transports()),
            axis(clients, named.clients()),
            axis(updatesPerSecond, named.updatesPerSecond()),
            axis(
                pollIntervals == null
                    ? null
                    : pollIntervals.stream().map(Duration::toMillis).toList(),
                named.pollIntervalsMillis()),
            axis(tasks, named.tasks()),
            axis(payloads, named.payloads()),
            warmUp == null ? named.warmUpSeconds() : warmUp.toMillis() / 1000.0,
            seconds == null ? named.seconds() : seconds,
            repeats == null ? named.repeats() : repeats,
            idle == null ? (own ? 0 : named.idleSeconds()) : idle.toMillis() / 1000.0,
            named.seed());
    require(
        plan.clients().stream().allMatch(n -> n >= 1 && n <= 20_000), "--clients", "1 to 20000");
    require(
        plan.updatesPerSecond().stream().allMatch(rate -> rate > 0 && rate <= 1000),
        "--updates-per-second",
        "more than 0, up to 1000");
    require(
        plan.pollIntervalsMillis().stream().allMatch(millis -> millis >= 1 && millis <= 3_600_000),
        "--poll-interval",
        "from 1ms to 3600s");
    require(plan.tasks().stream().allMatch(n -> n >= 1 && n <= 1000), "--tasks", "1 to 1000");
    require(
        plan.payloads().stream().allMatch(n -> n >= Workload.SHORTEST_PAYLOAD && n <= 256),
        "--payload",
        "from %d to 256 characters: a status has to hold its number"
            .formatted(Workload.SHORTEST_PAYLOAD));
    require(
        plan.warmUpSeconds() >= 0 && plan.warmUpSeconds() <= 3600, "--warm-up", "from 0s to 3600s");
    require(plan.seconds() > 0 && plan.seconds() <= 3600, "--seconds", "more than 0, up to 3600");
    require(plan.repeats() >= 1, "--repeats", "at least 1");
    require(plan.idleSeconds() >= 0 && plan.idleSeconds() <= 3600, "--idle", "from 0s to 3600s");
    return plan;
  }

  private static <T> List<T> axis(@Nullable List<T> given, List<T> named) {
    return given == null ? named : given.stream().distinct().toList();
  }

  private void require(boolean holds, String option, String range) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), option + " must be " + range);
    }
  }
}
