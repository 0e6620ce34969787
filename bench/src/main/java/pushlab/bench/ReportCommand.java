package pushlab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import pushlab.bench.net.Printable;
import pushlab.report.Report;
import pushlab.report.SideBySide;
import pushlab.report.result.ResultsFolder;
import pushlab.report.text.Phrase;

/// `./lab report`: rewrites the report of a run, or compares two runs.
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    usageHelpAutoWidth = true,
    description = {
      "Rewrites the report of a run and prints its answer.",
      "With two runs A and B it writes what changed from A to B, by how much, and how certain that is."
    })
final class ReportCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..2",
      description = "The folder of a run, or of two (default: the latest run in results/).")
  private List<Path> folders = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write the comparison of two runs (default: B/beside-A).")
  private @Nullable Path out;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private LanguageOption spoken;

  @Override
  public Integer call() throws IOException {
    if (out != null && folders.size() < 2) {
      throw new ParameterException(
          spec.commandLine(),
          "--out needs two runs: the report of one run is written into its own folder");
    }
    List<Path> chosen = folders.isEmpty() ? List.of(Home.find().latestRun()) : folders;
    for (Path folder : chosen) {
      if (!Files.isDirectory(folder)) {
        throw new IOException("there is no folder " + folder);
      }
    }
    return chosen.size() == 1 ? one(chosen.getFirst()) : two(chosen.getFirst(), chosen.getLast());
  }

  private int one(Path folder) throws IOException {
    Report.Written report = Report.write(new ResultsFolder(folder), spoken.screen());
    return say(report.summary(), report.broken(), report.html());
  }

  private int two(Path a, Path b) throws IOException {
    Path name = a.toRealPath().getFileName();
    SideBySide.Written written =
        SideBySide.write(a, b, out == null ? b.resolve("beside-" + name) : out, spoken.screen());
    return say(written.table(), written.broken(), written.html());
  }

  private int say(String text, List<String> broken, Path html) {
    System.out.println(text);
    System.out.println();
    broken.forEach(line -> System.err.println(Printable.of(line)));
    System.out.println(spoken.screen().say(Phrase.of("terminal.report", html)));
    return broken.isEmpty() ? 0 : 1;
  }
}
