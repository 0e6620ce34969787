package pushlab.bench;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import pushlab.bench.run.Plans;
import pushlab.bench.watch.WatchLoad;
import pushlab.report.result.Delivery;
import pushlab.report.result.Run;
import pushlab.report.result.Run.Focus;
import pushlab.report.result.Run.Load;
import pushlab.report.result.Transport;

/// The options that choose what to measure: a named plan, and values that replace some of its own.
final class PlanOptions {

  private static final Pattern WORKLOAD = Pattern.compile("(\\d{1,6}),(\\d{1,6}(?:\\.\\d{1,6})?)");

  /// Answers, verdicts and the model rest on the first delivery of a plan.
  private static final Comparator<Delivery> DEFAULT_FIRST =
      comparing(delivery -> delivery != Delivery.DEFAULT);

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @ArgGroup private @Nullable Named named;

  /// The name of a plan.
  private static final class Named {
    @Option(
        names = "--quick",
        description = "A first answer to six usual questions, in three minutes.")
    private boolean quick;

    @Option(
        names = "--standard",
        description = "An answer to work with, in a quarter of an hour (the default).")
    @SuppressWarnings("UnusedVariable") // The default does the same.
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
      description = "How many subscribers are connected, for example 10,100,1000.")
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
          "How long short polling waits between an answer and the next request, for example"
              + " 0.25s,970ms,5s.")
  private @Nullable List<Duration> pollIntervals;

  @Option(
      names = "--tasks",
      split = ",",
      paramLabel = "N",
      description = "How many tasks the subscribers are spread over, for example 1,100.")
  private @Nullable List<Integer> tasks;

  @Option(
      names = "--payload",
      split = ",",
      paramLabel = "N",
      description = "How many characters a status has, for example 24,256.")
  private @Nullable List<Integer> payloads;

  @Option(
      names = "--delivery",
      split = ",",
      paramLabel = "NAME",
      description =
          "How subscribers of our server wait: some of ${COMPLETION-CANDIDATES}, as ./lab serve --help"
              + " explains them. With both, every transport but short polling is measured with"
              + " each, which takes almost twice the time, and the report says what a thread for each"
              + " client costs (default: that of ./lab serve).")
  private @Nullable List<Delivery> deliveries;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private NetworkOption network;

  @Option(
      names = "--held-out",
      paramLabel = "CLIENTS,RATE",
      description =
          "Measure this workload too, keep it from the model, and print what the model says of it"
              + " beside what was measured, for example 300,5. Can be given several times.")
  private List<String> heldOut = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long each repeat of a cell publishes updates.")
  private @Nullable Double seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      description =
          "How long a new server is warmed up at most before the first cell; less once it has"
              + " compiled its code. 0s for no warm-up.")
  private @Nullable Duration warmUp;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description =
          "How often each cell is measured, each time against a new server process. With --quick"
              + " this replaces the limit of three minutes.")
  private @Nullable Integer repeats;

  @Option(
      names = "--idle",
      paramLabel = "TIME",
      description =
          "How long to measure connected clients while nothing changes; 0s leaves it out (default:"
              + " as the plan has it, or 0s if an option replaces a part of the plan).")
  private @Nullable Duration idle;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed that shuffles the order of the cells (default: a random one).")
  private @Nullable Long seed;

  /// The plan that the options describe.
  ///
  /// @throws ParameterException if a value is out of range
  Run.Plan plan() {
    long chosenSeed = seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
    Run.Plan plan = named == null ? Plans.standard(chosenSeed) : named.plan(chosenSeed);
    return withOwnAxes(plan);
  }

  /// The options that were given and concern a server that the lab starts, each with the reason.
  Map<String, String> ofOurServer() {
    var reasons = new LinkedHashMap<String, String>();
    if (deliveries != null) {
      reasons.put(
          "--delivery",
          "it says how subscribers of our server wait, and another server has its own way");
    }
    if (network.isGiven()) {
      reasons.put("--network", "the lab shapes only the network to a server that it starts");
    }
    return reasons;
  }

  /// The workloads that the model must not see.
  ///
  /// @throws ParameterException if one is not a number of clients and a rate
  List<Run.HeldOut> heldOut() {
    return heldOut.stream().map(this::workload).toList();
  }

  private Run.HeldOut workload(String given) {
    Matcher matcher = WORKLOAD.matcher(given);
    require(matcher.matches(), "--held-out", "a number of clients and a rate, for example 300,5");
    int clients = Integer.parseInt(matcher.group(1));
    double rate = Double.parseDouble(matcher.group(2));
    require(clients >= 1 && clients <= 20_000, "--held-out", "of 1 to 20000 clients");
    require(rate > 0 && rate <= 1000, "--held-out", "of more than 0, up to 1000 updates a second");
    return new Run.HeldOut(clients, rate);
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
                deliveries,
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
            axis(deliveries, named.deliveries()).stream().sorted(DEFAULT_FIRST).toList(),
            network.networks(),
            warmUp == null ? named.warmUpSeconds() : warmUp.toMillis() / 1000.0,
            seconds == null ? named.seconds() : seconds,
            repeats == null ? named.repeats() : repeats,
            idle == null ? (own ? 0 : named.idleSeconds()) : idle.toMillis() / 1000.0,
            named.seed(),
            clients == null && updatesPerSecond == null ? focus(named.focus()) : null);
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
        plan.payloads().stream().allMatch(n -> n >= WatchLoad.SHORTEST_PAYLOAD && n <= 256),
        "--payload",
        "from %d to 256 characters: a status contains the number of its update"
            .formatted(WatchLoad.SHORTEST_PAYLOAD));
    require(
        plan.deliveries().size() == 1 || plan.transports().stream().anyMatch(Delivery::concerns),
        "--delivery",
        "one value for short polling alone: its requests are answered at once");
    require(
        plan.warmUpSeconds() >= 0 && plan.warmUpSeconds() <= 3600, "--warm-up", "from 0s to 3600s");
    require(plan.seconds() > 0 && plan.seconds() <= 3600, "--seconds", "more than 0, up to 3600");
    require(plan.repeats() >= 1, "--repeats", "at least 1");
    require(plan.idleSeconds() >= 0 && plan.idleSeconds() <= 3600, "--idle", "from 0s to 3600s");
    return plan;
  }

  /// `named` with the seconds that were given, and without a limit of time if a number of repeats
  /// was given.
  private @Nullable Focus focus(@Nullable Focus named) {
    return named == null
        ? null
        : new Focus(
            named.loads().stream().map(this::load).toList(),
            named.check() == null ? null : load(named.check()),
            repeats == null ? named.budgetSeconds() : null);
  }

  private Load load(Load named) {
    return seconds == null ? named : new Load(named.clients(), named.updatesPerSecond(), seconds);
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
