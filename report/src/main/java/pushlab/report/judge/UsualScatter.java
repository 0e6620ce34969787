package pushlab.report.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import pushlab.report.judge.Scatters.Kind;
import pushlab.report.result.Cell;
import pushlab.report.result.ResultsFolder;
import pushlab.report.stat.Observation;
import pushlab.report.stat.Usual;
import pushlab.report.text.Resources;

/// How far repeats usually scatter: what a run of few cells borrows from earlier runs. It stands in
/// the file `usual-scatter.json`, which `./lab error-rate --usual` writes.
///
/// @param runs the ids of the runs that it comes from
/// @param kinds one entry for each measure, and one more for each delay of transports that ask at
///     intervals
public record UsualScatter(List<String> runs, List<Entry> kinds) {

  /// The variances of the logarithm of one repeat.
  ///
  /// @param clocked whether it is a delay of transports that ask at intervals
  /// @param quiet of repeats that nothing disturbed
  /// @param quietCells the number of cells that it comes from
  /// @param disturbed of the other repeats
  /// @param disturbedCells the number of cells that it comes from; if 0, `disturbed` is a guess
  public record Entry(
      Measure measure,
      boolean clocked,
      double quiet,
      int quietCells,
      double disturbed,
      int disturbedCells) {}

  private static final String FILE = "usual-scatter.json";

  /// Earlier runs weigh as much as this many repeats of a new run, however many they are. Another
  /// machine or another server may scatter differently.
  private static final double DEGREES = 8;

  /// Repeats that differ by less than 0.2 % do not make a smaller difference significant.
  private static final double LEAST = 4e-6;

  /// Where no disturbed run is known: twice the standard deviation of a quiet one.
  private static final double GUESS = 4;

  /// What this version of the lab has seen.
  public static UsualScatter read() {
    try {
      return ResultsFolder.json().readValue(Resources.read(FILE), UsualScatter.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(FILE, e);
    }
  }

  /// The usual scatter that these runs show.
  ///
  /// @param runs their ids
  /// @param cells those of each run
  public static UsualScatter of(List<String> runs, List<List<Cell>> cells) {
    var entries = new ArrayList<Entry>();
    for (Measure measure : Measure.values()) {
      for (boolean clocked : new boolean[] {false, true}) {
        if (measure.isDelay() || !clocked) {
          entries.add(entry(new Kind(measure, clocked), cells));
        }
      }
    }
    return new UsualScatter(runs, entries);
  }

  private static Entry entry(Kind kind, List<List<Cell>> runs) {
    List<List<Observation>> quiet = alike(kind, runs, false);
    List<List<Observation>> disturbed = alike(kind, runs, true);
    double calm = Math.max(LEAST, Usual.variance(quiet));
    double wild = disturbed.isEmpty() ? GUESS * calm : Usual.variance(disturbed);
    return new Entry(
        kind.measure(),
        kind.clocked(),
        calm,
        quiet.size(),
        kind.measure().isTimed() ? Math.max(calm, wild) : calm,
        disturbed.size());
  }

  /// Of each cell, the repeats that were disturbed or those that were not, if there are two.
  private static List<List<Observation>> alike(
      Kind kind, List<List<Cell>> runs, boolean disturbed) {
    Predicate<Observation> wanted = it -> it.disturbed() == disturbed;
    return runs.stream()
        .flatMap(cells -> Scatters.observed(cells, kind, Disturbances.of(cells)).stream())
        .map(cell -> cell.stream().filter(wanted).toList())
        .filter(cell -> cell.size() > 1 && cell.stream().allMatch(it -> it.value() > 0))
        .toList();
  }

  Usual of(Kind kind) {
    return kinds.stream()
        .filter(it -> it.measure == kind.measure() && it.clocked == kind.clocked())
        .findFirst()
        .map(it -> new Usual(it.quiet, it.disturbed, DEGREES))
        .orElse(Usual.UNKNOWN);
  }
}
