package pushlab.report.judge;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import pushlab.report.judge.UsualScatter.Entry;
import pushlab.report.result.Cell;

/// Cells as a report sees them in whose run there were twenty like each of them.
public final class Summaries {

  private static final int ALIKE = 20;

  private static final UsualScatter USUAL =
      new UsualScatter(
          List.of("invented"),
          Arrays.stream(Measure.values())
              .flatMap(
                  measure -> {
                    double quiet = measure.isTimed() ? 0.01 : 1e-5;
                    double disturbed = measure.isTimed() ? 0.04 : 1e-5;
                    return Stream.of(
                        new Entry(measure, false, quiet, 10, disturbed, 10),
                        new Entry(measure, true, 2.5e-5, 10, 1e-4, 10));
                  })
              .toList());

  private Summaries() {}

  public static List<CellSummary> of(Cell... cells) {
    List<Cell> all = Collections.nCopies(ALIKE, cells).stream().flatMap(Stream::of).toList();
    Scatters scatters = scatters(all);
    return Stream.of(cells).map(cell -> CellSummary.of(cell, scatters, null, null)).toList();
  }

  /// Cells of a run that has no others.
  static List<CellSummary> alone(Cell... cells) {
    Scatters scatters = scatters(List.of(cells));
    return Stream.of(cells).map(cell -> CellSummary.of(cell, scatters, null, null)).toList();
  }

  /// By an invented usual scatter: a tenth for times, a hundredth of that for what is clocked.
  static Scatters scatters(List<Cell> cells) {
    return Scatters.of(cells, Disturbances.of(cells), USUAL);
  }
}
