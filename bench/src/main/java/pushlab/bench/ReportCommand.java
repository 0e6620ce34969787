package pushlab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import pushlab.bench.host.Home;
import pushlab.report.Report;
import pushlab.report.result.ResultsFolder;

/// `./lab report`: writes the report of a run again.
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    description = "Writes the report of a run again, and prints its answer.")
final class ReportCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "The run's folder; the latest in results/ unless told.")
  private @Nullable Path folder;

  @Override
  public Integer call() throws IOException {
    Path chosen = folder == null ? Home.find().latestRun() : folder;
    if (!Files.isDirectory(chosen)) {
      throw new IOException("there is no folder " + chosen);
    }
    Report.Written report = Report.write(new ResultsFolder(chosen));
    System.out.println(report.table());
    report.broken().forEach(System.err::println);
    System.out.println("report: " + report.html());
    return report.broken().isEmpty() ? 0 : 1;
  }
}
