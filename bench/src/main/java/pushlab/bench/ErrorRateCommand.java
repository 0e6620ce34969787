package pushlab.bench;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import pushlab.report.judge.ErrorRate;
import pushlab.report.judge.UsualScatter;
import pushlab.report.result.BrokenResultException;
import pushlab.report.result.Cell;
import pushlab.report.result.ResultsFolder;

/// `./lab error-rate`: measures how often verdicts are wrong, by resampling runs.
@Command(
    name = "error-rate",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Draws small runs from runs with many repeats, and counts how often their verdicts are wrong"
          + " and how often they find a true difference.",
      "docs/method.md has its results and how to repeat them."
    })
final class ErrorRateCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description = "Folders of runs with at least six repeats of each cell.")
  private List<Path> folders = List.of();

  @Option(
      names = "--repeats",
      split = ",",
      paramLabel = "N",
      description = "How many repeats the small runs have (default: 1,2,3).")
  private List<Integer> repeats = List.of(1, 2, 3);

  @Option(
      names = "--against",
      paramLabel = "DIR",
      description =
          "The folder of a reference run. Prints how often small runs, drawn from the others,"
              + " contradict it.")
  private @Nullable Path reference;

  @Option(
      names = "--borrow",
      split = ",",
      paramLabel = "DIR",
      description =
          "Folders of the runs whose scatter the small runs borrow (default: the one of this"
              + " version).")
  private List<Path> lenders = List.of();

  @Option(
      names = "--usual",
      paramLabel = "FILE",
      description = "Writes the usual scatter of the runs into this file, and prints no rates.")
  private @Nullable Path usual;

  @Override
  public Integer call() throws IOException {
    if (usual != null) {
      Files.writeString(
          usual, ResultsFolder.json().writeValueAsString(usualScatter(folders)) + "\n");
      return 0;
    }
    var method = new ErrorRate(lenders.isEmpty() ? UsualScatter.read() : usualScatter(lenders));
    List<List<Cell>> runs = cells(folders);
    for (int few : repeats) {
      if (few < 1) {
        throw new ParameterException(spec.commandLine(), "--repeats must be at least 1");
      }
      if (reference == null) {
        printRates(method.of(runs, few), few);
      } else {
        Path against = reference;
        for (Path folder : folders) {
          printContradictions(method.of(cells(folder), cells(against), few), folder, few);
        }
      }
    }
    return 0;
  }

  private static void printRates(List<ErrorRate.Rate> rates, int repeats) {
    System.out.printf(
        Locale.ROOT,
        "%d repeat(s)%31s wrong  found at %s%n",
        repeats,
        "",
        ErrorRate.RATIOS.stream().map("%6s"::formatted).collect(joining()));
    for (ErrorRate.Rate rate : rates) {
      System.out.printf(
          Locale.ROOT,
          "%-40s %6.2f %%          %s%n",
          rate.measure().phrase().english(),
          100 * rate.wrong(),
          rate.found().stream()
              .map(it -> String.format(Locale.ROOT, "%4.0f %%", 100 * it))
              .collect(joining()));
    }
  }

  private static void printContradictions(
      List<ErrorRate.Contradictions> all, Path folder, int repeats) {
    System.out.printf("%s, %d repeat(s)%n", folder.getFileName(), repeats);
    for (ErrorRate.Contradictions each : all) {
      System.out.printf(
          "%-40s %8d pairs judged, %d contradicted, %d not confirmed%n",
          each.measure().phrase().english(),
          each.judged(),
          each.contradicted(),
          each.unconfirmed());
    }
  }

  private static UsualScatter usualScatter(List<Path> folders) throws IOException {
    var ids = new ArrayList<String>();
    for (Path folder : folders) {
      ids.add(new ResultsFolder(folder).run().id());
    }
    return UsualScatter.of(ids, cells(folders));
  }

  private static List<List<Cell>> cells(List<Path> folders) throws IOException {
    var all = new ArrayList<List<Cell>>();
    for (Path folder : folders) {
      all.add(cells(folder));
    }
    return all;
  }

  private static List<Cell> cells(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("there is no folder " + folder);
    }
    var broken = new ArrayList<BrokenResultException>();
    List<Cell> cells = new ResultsFolder(folder).cells(broken);
    if (!broken.isEmpty()) {
      throw new IOException(broken.getFirst().getMessage(), broken.getFirst());
    }
    return cells;
  }
}
