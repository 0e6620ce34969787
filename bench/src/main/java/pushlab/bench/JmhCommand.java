package pushlab.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import pushlab.bench.host.ChildProcess;
import pushlab.bench.host.Home;
import pushlab.bench.jmh.JmhSuite;
import pushlab.bench.jmh.Profilers;
import pushlab.bench.run.ExternalServer;
import pushlab.bench.run.ServerUnderTest;
import pushlab.bench.text.Texts;
import pushlab.bench.watch.Target;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Transport;
import pushlab.report.text.Phrase;

/// `./lab jmh`: runs the JMH benchmarks.
@Command(
    name = "jmh",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Measures parts of the server with JMH: its state beside the usual ways to wait, the encoding,"
          + " and one delivery over a real socket. It also has samples of wrong benchmarks beside"
          + " right ones.",
      "All benchmarks take an hour, or with --quick about six minutes. A REGEX selects some.",
    },
    footer = {
      "",
      "./lab jmh --list                            list the benchmarks",
      "./lab jmh WakeUp -p waiting=1000 --quick    wake 1000 threads, in every way",
      "./lab jmh samples                           wrong benchmarks and right ones"
    })
final class JmhCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      paramLabel = "REGEX",
      description = "Run the benchmarks whose full name matches (default: all).")
  private List<String> chosen = List.of();

  @Option(names = "--list", description = "Print the names of the benchmarks and exit.")
  private boolean list;

  @Option(
      names = "--quick",
      description = "Measure each in one fork for two seconds: enough for orders of magnitude.")
  private boolean quick;

  @Option(
      names = {"-p", "--param"},
      paramLabel = "NAME=VALUE,...",
      description = "Set a parameter, for example -p way=PHASER,LATCH_A_VERSION.")
  private Map<String, String> parameters = Map.of();

  @Option(
      names = "--flame-graphs",
      description =
          "Draw a flame graph of each with async-profiler. Profiling slows the benchmarks down.")
  private boolean flameGraphs;

  @Option(
      names = "--target",
      paramLabel = "URL",
      description = "Measure deliveries of the server at this address instead of ours.")
  private @Nullable URI target;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description =
          "Where to write jmh.json, for example the folder of a run (default: a new folder).")
  private @Nullable Path results;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private LanguageOption spoken;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (list) {
      return ChildProcess.run(JmhSuite.listing(chosen));
    }
    ExternalServer given = target == null ? null : given(target);
    Home home = Home.find();
    Path folder = OutcomeFolder.of(results, home, "jmh");
    Path json = new ResultsFolder(folder).jmhJson();
    var options = new ArrayList<>(chosen);
    parameters.forEach((name, value) -> options.addAll(List.of("-p", name + "=" + value)));
    options.addAll(Profilers.perf(this::remark));
    if (flameGraphs) {
      options.addAll(Profilers.flameGraphs(folder.resolve("flame-graphs"), this::remark));
    }
    int exit;
    try (var _ = new Interruption();
        ServerUnderTest subject =
            ServerUnderTest.start(home, folder.resolve("server.log"), given)) {
      exit =
          ChildProcess.run(
              JmhSuite.command(
                  quick ? JmhSuite.Effort.QUICK : JmhSuite.Effort.FULL,
                  subject.address(),
                  List.of(Transport.values()),
                  json,
                  options));
    }
    Phrase outcome = exit == 0 ? Texts.of("jmh.results", json) : Texts.of("jmh.failed");
    System.out.println(outcome.in(spoken.language()));
    return exit == 0 ? 0 : 1;
  }

  private ExternalServer given(URI address) {
    try {
      return ExternalServer.at(Target.of(address));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--target: " + e.getMessage());
    }
  }

  private void remark(String sentence) {
    System.err.println(Texts.of("error", sentence).in(spoken.language()));
  }
}
