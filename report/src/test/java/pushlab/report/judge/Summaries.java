package pushlab.report.judge;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import pushlab.report.result.Cell;

/// Cells as a report sees them in whose run there were twenty like each of them.
public final class Summaries {

  private static final int ALIKE = 20;

  private Summaries() {}

  public static List<CellSummary> of(Cell... cells) {
    List<Cell> all = Collections.nCopies(ALIKE, cells).stream().flatMap(Stream::of).toList();
    Scatters scatters = Scatters.of(all);
    return Stream.of(cells).map(cell -> CellSummary.of(cell, scatters, null, null)).toList();
  }
}
