package pushlab.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import pushlab.bench.gatling.Capacity;
import pushlab.bench.gatling.GatlingLoad;
import pushlab.bench.gatling.GatlingSuite;
import pushlab.bench.host.ChildProcess;
import pushlab.bench.host.Home;
import pushlab.bench.host.OpenFiles;
import pushlab.bench.run.ExternalServer;
import pushlab.bench.run.ServerUnderTest;
import pushlab.bench.text.SaidException;
import pushlab.bench.text.Texts;
import pushlab.bench.watch.Target;
import pushlab.report.result.GatlingStats;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Transport;
import pushlab.report.text.Phrase;

/// `./lab gatling`: runs a Gatling simulation.
@Command(
    name = "gatling",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Loads a server with Gatling, counts failures and keeps Gatling's own report.",
      "It updates the status of the default task."
    },
    footer = {
      "",
      "A time is a number and its unit: 500ms, 2s, 1m.",
      "",
      "./lab gatling long-polling                      1000 subscribers of our server",
      "./lab gatling capacity --transport websocket    how many WebSockets it holds"
    })
final class GatlingCommand implements Callable<Integer> {

  private static final String CAPACITY = "capacity";
  private static final String RECONNECT = "reconnect";

  /// The names of those simulations that are of one transport.
  static final class TransportIds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(Transport.values()).map(Transport::id).iterator();
    }
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "SIMULATION",
      completionCandidates = TransportIds.class,
      description = {
        "${COMPLETION-CANDIDATES}: connect, receive updates, disconnect;",
        "reconnect: poll, lose the network, come back and continue from the last version;",
        "capacity: connect until the server accepts no more, and print how many and why."
      })
  private String simulation = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "URL",
      description = "Load the server at this address instead of ours.")
  private @Nullable URI address;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many subscribers; capacity ignores it (default: ${DEFAULT-VALUE}).")
  private int clients;

  @Option(
      names = "--ramp",
      paramLabel = "TIME",
      defaultValue = "5s",
      description = "Over what time they connect; capacity ignores it (default: ${DEFAULT-VALUE}).")
  private Duration ramp = Duration.ZERO;

  @Option(
      names = "--hold",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "How long all of them then stay connected (default: ${DEFAULT-VALUE}).")
  private Duration hold = Duration.ZERO;

  @Option(
      names = "--updates-per-second",
      paramLabel = "RATE",
      defaultValue = "1",
      description = "How often the status changes in that time (default: ${DEFAULT-VALUE}).")
  private double updatesPerSecond;

  @Option(
      names = "--poll-interval",
      paramLabel = "TIME",
      defaultValue = "970ms",
      description =
          "How long short polling waits between an answer and the next request (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration pollInterval = Duration.ZERO;

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      defaultValue = "long-polling",
      description =
          "capacity: the transport to connect by, one of ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}).")
  private Transport transport = Transport.LONG_POLLING;

  @Option(
      names = "--max",
      paramLabel = "N",
      defaultValue = "10000",
      description = "capacity: stop at this many connections (default: ${DEFAULT-VALUE}).")
  private int most;

  @Option(
      names = "--per-second",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "capacity: how many subscribers connect each second (default: ${DEFAULT-VALUE}).")
  private int perSecond;

  @Option(
      names = "--limit",
      paramLabel = "TIME",
      defaultValue = "1s",
      description =
          "capacity: stop when the server is slower than this. The time is the 99th percentile of"
              + " one second, over new connections and a GET /status ten times a second (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration limit = Duration.ZERO;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Where to write the results (default: a new folder).")
  private @Nullable Path results;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private LanguageOption spoken;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    if (!isCapacity()) {
      OpenFiles.ofThisProcess().requireFor(clients);
    }
    ExternalServer given = given();
    Home home = Home.find();
    Path folder = OutcomeFolder.of(results, home, "gatling");
    Path kept = folder.resolve(simulation + (isCapacity() ? "-" + transport : ""));
    Path log = folder.resolve(kept.getFileName() + ".log");
    int exit;
    try (var _ = new Interruption();
        ServerUnderTest subject =
            ServerUnderTest.start(home, folder.resolve("server.log"), given)) {
      exit = ChildProcess.run(command(subject, folder, kept), log);
    }
    if (exit != 0 && exit != GatlingSuite.FAILED) {
      throw new SaidException(Texts.of("gatling.ended", exit, log));
    }
    if (isCapacity()) {
      Path file = kept.resolve("capacity.json");
      print(read(file, Capacity.class).sentence());
      print(Texts.of("gatling.result", file));
    } else {
      print(read(kept.resolve("stats.json"), GatlingStats.class));
    }
    print(Texts.of("gatling.report", kept.resolve("index.html")));
    return exit == 0 ? 0 : 1;
  }

  private List<String> command(ServerUnderTest subject, Path folder, Path kept) {
    Duration time = isCapacity() ? Duration.ofSeconds(Math.ceilDiv(most, perSecond)) : ramp;
    var load =
        new GatlingLoad(
            subject.address(),
            isCapacity() ? most : clients,
            time,
            hold,
            updatesPerSecond,
            pollInterval,
            subject.pollHold());
    return switch (simulation) {
      case CAPACITY -> GatlingSuite.capacity(transport, load, limit, kept);
      case RECONNECT -> GatlingSuite.reconnect(load, kept);
      default -> GatlingSuite.command(Transport.of(simulation), load, folder);
    };
  }

  private void print(Phrase phrase) {
    System.out.println(phrase.in(spoken.language()));
  }

  private void print(GatlingStats stats) {
    print(Texts.of("gatling.connected", stats.connected(), stats.clients()));
    for (GatlingStats.Request request : stats.requests()) {
      print(Texts.of("gatling.requests", request.name(), request.count(), request.failed()));
    }
    for (GatlingStats.Failure failure : stats.failures()) {
      print(Texts.of("gatling.failure", failure.count(), failure.message()));
    }
    if (!stats.finished()) {
      print(Texts.of("gatling.stopped"));
    }
  }

  private boolean isCapacity() {
    return simulation.equals(CAPACITY);
  }

  private void check() {
    if (!simulation.equals(CAPACITY) && !simulation.equals(RECONNECT)) {
      try {
        Transport.of(simulation);
      } catch (IllegalArgumentException _) {
        throw wrong(Texts.of("wrong.no-simulation", simulation));
      }
    }
    require(clients >= 1 && clients <= 60_000, "--clients", Texts.of("range.from-to", 1, 60_000));
    require(most >= 1 && most <= 60_000, "--max", Texts.of("range.from-to", 1, 60_000));
    require(perSecond >= 1, "--per-second", Texts.of("range.at-least", 1));
    require(
        ramp.toNanosPart() == 0 && !ramp.isNegative(), "--ramp", Texts.of("range.whole-seconds"));
    require(
        hold.toSeconds() <= 3600 && !hold.isNegative(),
        "--hold",
        Texts.of("range.from-to", "0s", "3600s"));
    require(
        updatesPerSecond > 0 && updatesPerSecond <= 1000,
        "--updates-per-second",
        Texts.of("range.above-to", 0, 1000));
    require(pollInterval.isPositive(), "--poll-interval", Texts.of("range.above", "0s"));
    require(limit.isPositive(), "--limit", Texts.of("range.above", "0s"));
  }

  private void require(boolean holds, String option, Phrase range) {
    if (!holds) {
      throw wrong(Texts.of("wrong.range", option, range));
    }
  }

  private ParameterException wrong(Phrase why) {
    return new ParameterException(spec.commandLine(), why.in(spoken.language()));
  }

  private @Nullable ExternalServer given() {
    try {
      return address == null ? null : ExternalServer.at(Target.of(address));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private static <T> T read(Path file, Class<T> type) throws IOException {
    return ResultsFolder.json().readValue(file.toFile(), type);
  }
}
