package pushlab.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import pushlab.bench.host.Home;
import pushlab.bench.host.OpenFiles;
import pushlab.bench.run.ExternalServer;
import pushlab.bench.run.ServerUnderTest;
import pushlab.bench.run.Versus;
import pushlab.bench.text.Texts;
import pushlab.bench.watch.Target;
import pushlab.report.result.Delivery;
import pushlab.report.result.Transport;
import pushlab.report.text.Phrase;

/// `./lab versus`: measures our server and others in turn.
@Command(
    name = "versus",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Measures our server and other running servers in turn, and prints a table of the figures and one of their ratios, round by round.",
      "Without a URL it measures ours alone; with --delivery loop,threads two of ours. The first round warms the servers up and is not counted."
    })
final class VersusCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "URL", description = "Another server, for example http://127.0.0.1:9302")
  private List<URI> others = List.of();

  @Option(
      names = "--transports",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "long-polling,sse,websocket",
      description = "Some of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private List<Transport> transports = List.of();

  @Option(
      names = "--delivery",
      split = ",",
      paramLabel = "NAME",
      description =
          "How subscribers of our server wait: some of ${COMPLETION-CANDIDATES}, as ./lab serve --help"
              + " explains them. With both, two servers of ours are measured (default: that of ./lab"
              + " serve).")
  private List<Delivery> deliveries = List.of(Delivery.DEFAULT);

  @Option(
      names = "--clients",
      split = ",",
      paramLabel = "N",
      defaultValue = "5000",
      description =
          "How many subscribers are connected, up to 20000; each of several numbers is measured"
              + " (default: ${DEFAULT-VALUE}).")
  private List<Integer> clients = List.of();

  @Option(
      names = "--updates-per-second",
      paramLabel = "RATE",
      defaultValue = "2",
      description = "How often the status changes (default: ${DEFAULT-VALUE}).")
  private double updatesPerSecond;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "How long each transport of each server is measured in a round (default:"
              + " ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many rounds to count (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private LanguageOption spoken;

  @Override
  public Integer call() throws IOException, InterruptedException {
    require(
        clients.stream().allMatch(number -> number >= 1 && number <= 20_000),
        "--clients",
        Texts.of("range.from-to", 1, 20_000));
    require(
        updatesPerSecond > 0 && updatesPerSecond <= 1000,
        "--updates-per-second",
        Texts.of("range.above-to", 0, 1000));
    require(seconds >= 1 && seconds <= 3600, "--seconds", Texts.of("range.from-to", 1, 3600));
    require(rounds >= 1, "--rounds", Texts.of("range.at-least", 1));
    OpenFiles.ofThisProcess().requireFor(Collections.max(clients));
    List<ExternalServer> targets = others.stream().map(this::target).toList();
    Path log = Files.createTempFile("pushlab-versus-", ".log");
    var servers = new LinkedHashMap<String, ServerUnderTest>();
    Home home = Home.find();
    try {
      List<Delivery> distinct = deliveries.stream().distinct().toList();
      for (Delivery delivery : distinct) {
        servers.put(
            distinct.size() == 1 ? "Pushlab" : "Pushlab (%s)".formatted(delivery),
            ServerUnderTest.start(home, log, delivery));
      }
      for (ExternalServer target : targets) {
        ServerUnderTest other = ServerUnderTest.of(target);
        servers.put(other.address().toString(), other);
      }
      var versus =
          new Versus(
              servers,
              transports,
              clients.stream().distinct().toList(),
              updatesPerSecond,
              Duration.ofSeconds(seconds),
              rounds);
      System.out.println(versus.run(System.err, spoken.language()));
    } finally {
      servers.values().forEach(ServerUnderTest::close);
      Files.delete(log);
    }
    return 0;
  }

  private ExternalServer target(@Nullable URI address) {
    try {
      return ExternalServer.at(Target.of(address == null ? URI.create("") : address));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private void require(boolean holds, String option, Phrase range) {
    if (!holds) {
      throw new ParameterException(
          spec.commandLine(), Texts.of("wrong.range", option, range).in(spoken.language()));
    }
  }
}
