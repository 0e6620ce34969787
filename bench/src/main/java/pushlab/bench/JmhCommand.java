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
import pushlab.bench.run.Subject;
import pushlab.bench.watch.Target;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Transport;

/// `./lab jmh`: the benchmarks of the server's parts.
@Command(
    name = "jmh",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Measures the parts of the server alone by JMH: the state and the usual ways to wait beside it,"
          + " the encoding, a delivery over a real socket; and mistakes beside their right form.",
      "All of it takes an hour, with --quick some six minutes: say which.",
    },
    footer = {
      "",
      "./lab jmh --list                                  what there is",
      "./lab jmh WakeUp -p waiting=1000 --quick          all ways to wake a thousand",
      "./lab jmh samples                                 mistakes beside their right form"
    })
final class JmhCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      paramLabel = "REGEX",
      description = "The benchmarks whose full name it is found in; all unless told.")
  private List<String> chosen = List.of();

  @Option(names = "--list", description = "Print the benchmarks' names, and measure nothing.")
  private boolean list;

  @Option(
      names = "--quick",
      description = "Each in one fork and two seconds: orders of magnitude, no more.")
  private boolean quick;

  @Option(
      names = {"-p", "--param"},
      paramLabel = "NAME=VALUE,...",
      description = "What a parameter is to be, for example -p way=PHASER,LATCH_A_VERSION.")
  private Map<String, String> parameters = Map.of();

  @Option(
      names = "--flame-graphs",
      description = "Let async-profiler draw each, and do not compare these times with others.")
  private boolean flameGraphs;

  @Option(
      names = "--target",
      paramLabel = "URL",
      description = "Measure deliveries of the server that runs there instead of ours.")
  private @Nullable URI target;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Where jmh.json is put, a run's folder for example; a new one unless told.")
  private @Nullable Path results;

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
    options.addAll(Profilers.perf(JmhCommand::remark));
    if (flameGraphs) {
      options.addAll(Profilers.flameGraphs(folder.resolve("flame-graphs"), JmhCommand::remark));
    }
    int exit;
    try (var _ = new Interruption();
        Subject subject = Subject.start(home, folder.resolve("server.log"), given)) {
      exit =
          ChildProcess.run(
              JmhSuite.command(
                  quick ? JmhSuite.Effort.QUICK : JmhSuite.Effort.FULL,
                  subject.address(),
                  List.of(Transport.values()),
                  json,
                  options));
    }
    System.out.println(exit == 0 ? "results: " + json : "JMH failed; see above");
    return exit == 0 ? 0 : 1;
  }

  private ExternalServer given(URI address) {
    try {
      return ExternalServer.at(Target.of(address));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--target: " + e.getMessage());
    }
  }

  private static void remark(String sentence) {
    System.err.println("lab: " + sentence);
  }
}
