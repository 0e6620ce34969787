package pushlab.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import pushlab.report.result.Cell;

/// Cells as a report sees them that was measured with no others.
final class Summaries {

  private Summaries() {}

  static List<CellSummary> of(Cell... cells) {
    Map<Measure, Scatter> scatter = Scatter.of(List.of(cells));
    return Stream.of(cells).map(cell -> CellSummary.of(cell, scatter, null, null)).toList();
  }
}
