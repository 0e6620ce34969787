package pushlab.report.judge;

import static java.util.Comparator.naturalOrder;

import java.util.List;
import java.util.Objects;

/// The cells of a run by network.
public final class ByNetwork {

  private ByNetwork() {}

  /// Those of `cells` whose network is the nearest: loopback, if any went over it.
  public static List<CellSummary> nearest(List<CellSummary> cells) {
    return cells.stream()
        .map(CellSummary::workload)
        .min(naturalOrder())
        .map(
            first ->
                cells.stream()
                    .filter(cell -> Objects.equals(cell.network(), first.network()))
                    .toList())
        .orElse(List.of());
  }
}
