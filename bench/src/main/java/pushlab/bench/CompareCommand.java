package pushlab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
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
import pushlab.bench.network.Namespaces;
import pushlab.bench.run.Audience;
import pushlab.bench.run.Comparison;
import pushlab.bench.run.ExternalServer;
import pushlab.bench.run.Turns;
import pushlab.report.HeldOutTable;
import pushlab.report.Report;
import pushlab.report.SideBySide;
import pushlab.report.result.BrokenResultException;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Run;
import pushlab.report.text.Phrase;
import pushlab.report.text.Screen;

/// `./lab compare`: measures the transports, writes a report and prints its answer.
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Compares the transports: measures each of them and writes a report.",
      "It takes about a quarter of an hour, or with --quick three minutes. Options such as --clients"
          + " replace that part of the plan."
    },
    footer = {
      "",
      "A time is a number and its unit: 500ms, 2s, 1m.",
      "",
      "./lab compare --quick                           a first answer in three minutes",
      "./lab compare --network loopback,4g             over a mobile network too",
      "./lab compare --target http://127.0.0.1:9302    compare another server with ours",
      "./lab compare --behind http://127.0.0.1:8080    measure through your proxy, and answer for it"
    })
final class CompareCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private PlanOptions planned;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Continue the run in this folder, which was stopped before its end.")
  private @Nullable Path resume;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private SubjectOptions subject;

  @Option(names = "--no-suites", description = "Leave out JMH and Gatling, which takes less time.")
  private boolean noSuites;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Where to write the run (default: results/).")
  private @Nullable Path results;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private LanguageOption spoken;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Home home = Home.find();
    Run.Plan plan = plan();
    if (Namespaces.isNeeded(plan.networks())) {
      return Namespaces.runInside();
    }
    NetworkOption.tryOut(plan.networks(), spoken.language());
    var folders = new ArrayList<ResultsFolder>();
    var comparisons = new ArrayList<Comparison>();
    if (resume == null) {
      begin(home, plan, folders, comparisons);
    } else {
      folders.add(new ResultsFolder(resume));
      comparisons.add(Comparison.resume(home, folders.getFirst(), !noSuites));
    }

    Screen screen = spoken.screen();
    try (var interruption = new Interruption()) {
      if (resume == null) {
        subject.measureProxy(folders.getLast(), screen.language());
      }
      var audience = new Audience(screen, LanguageOption.isTerminal());
      boolean finished = new Turns(comparisons, audience).run();
      interruption.stopInterrupting();
      for (ResultsFolder folder : folders) {
        Report.Written report = Report.write(folder, screen);
        System.out.println();
        System.out.println(report.summary());
        System.out.print(HeldOutTable.of(folder, screen.language()));
        System.out.println();
        System.out.println(screen.say(Phrase.of("terminal.report", report.html())));
      }
      if (folders.size() == 2) {
        beside(folders.getFirst().path(), folders.getLast().path(), screen);
      }
      for (Comparison each : comparisons) {
        Optional<String> nothing = each.whyNothing();
        if (nothing.isPresent()) {
          throw new IOException(nothing.get());
        }
      }
      return finished ? 0 : 1;
    }
  }

  /// The plan of the options, or of the run that is resumed.
  ///
  /// @throws ParameterException if options are wrong or contradict each other
  private Run.Plan plan() throws IOException {
    if (resume == null) {
      var _ = subject.given(planned.ofOurServer());
      return planned.plan();
    }
    requireNothingBesideResume();
    try {
      return new ResultsFolder(resume).run().plan();
    } catch (BrokenResultException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void beside(Path ours, Path theirs, Screen screen) throws IOException {
    SideBySide.Written both =
        SideBySide.write(ours, theirs, theirs.resolve("beside-" + ours.getFileName()), screen);
    System.out.println();
    System.out.println(both.table());
    System.out.println(screen.say(Phrase.of("terminal.comparison", both.html())));
  }

  /// Begins one run, or with a target two by the same plan: of our server and of the other.
  private void begin(
      Home home, Run.Plan plan, List<ResultsFolder> folders, List<Comparison> comparisons)
      throws IOException {
    ExternalServer given = subject.given(planned.ofOurServer());
    List<Run.HeldOut> heldOut = planned.heldOut();
    OpenFiles.ofThisProcess()
        .requireFor(
            IntStream.concat(
                    plan.clients().stream().mapToInt(it -> it),
                    heldOut.stream().mapToInt(Run.HeldOut::clients))
                .max()
                .orElseThrow());
    Path ours = OutcomeFolder.in(results == null ? home.results() : results, plan.name());
    String command =
        "./lab " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    if (!subject.isAlone()) {
      folders.add(new ResultsFolder(ours));
      comparisons.add(Comparison.begin(home, folders.getLast(), plan, command, null, !noSuites));
    }
    if (given != null) {
      folders.add(
          new ResultsFolder(
              subject.isAlone()
                  ? ours
                  : Files.createDirectory(ours.resolveSibling(ours.getFileName() + "-target"))));
      comparisons.add(Comparison.begin(home, folders.getLast(), plan, command, given, !noSuites));
    }
    comparisons.forEach(each -> each.holdOut(heldOut));
  }

  private void requireNothingBesideResume() {
    for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
      if (!List.of("--resume", "--no-suites", "--lang").contains(given.longestName())) {
        throw new ParameterException(
            spec.commandLine(),
            given.longestName()
                + " cannot be combined with --resume: a run continues with its own plan");
      }
    }
  }
}
