package pushlab.report.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Workload;
import pushlab.report.result.Cell;
import pushlab.report.result.Network;
import pushlab.report.result.Transport;

/// What networks added to the median delivery time of one transport, as a multiple of what theory
/// says that they add.
///
/// @param coefficient by least squares, at least [#LEAST] and at most [#MOST]
/// @param lowest of a single cell
/// @param highest of a single cell
/// @param residualMicros how far the cell that is farthest from the fit is from it
/// @param cells the ids of the cells over a network
/// @param points where these cells are on the map
/// @param networks of these cells
public record RoundTripFit(
    double coefficient,
    double lowest,
    double highest,
    double residualMicros,
    List<String> cells,
    List<Point> points,
    @JsonIgnore List<Network> networks) {

  /// Where a cell was measured.
  public record Point(double roundTripMillis, double updatesPerSecond) {}

  /// A coefficient that is farther from 1 does not come from round trips.
  private static final double LEAST = 0.5;

  private static final double MOST = 2;

  private record Added(Cell cell, Network network, double measured, double theory) {

    Point point() {
      return new Point(network.roundTripMillis(), cell.updatesPerSecond());
    }

    double ratio() {
      return measured / theory;
    }
  }

  /// The fit to those of `cells` whose workload was also measured over loopback.
  ///
  /// @param cells fit cells of one transport, over any network
  static Optional<RoundTripFit> of(List<Cell> cells) {
    var all = new ArrayList<Added>();
    for (Cell cell : cells) {
      near(cell, cells).flatMap(near -> added(cell, near)).ifPresent(all::add);
    }
    if (all.isEmpty()) {
      return Optional.empty();
    }
    double products = all.stream().mapToDouble(it -> it.measured * it.theory).sum();
    double squares = all.stream().mapToDouble(it -> it.theory * it.theory).sum();
    double coefficient = Math.clamp(products / squares, LEAST, MOST);
    var ratios = all.stream().mapToDouble(Added::ratio).summaryStatistics();
    return Optional.of(
        new RoundTripFit(
            coefficient,
            ratios.getMin(),
            ratios.getMax(),
            all.stream()
                .mapToDouble(it -> Math.abs(it.measured - coefficient * it.theory))
                .max()
                .orElse(0),
            all.stream().map(it -> it.cell.id()).toList(),
            all.stream().map(Added::point).distinct().toList(),
            all.stream().map(Added::network).distinct().toList()));
  }

  private static Optional<Cell> near(Cell cell, List<Cell> cells) {
    return cell.network() == null
        ? Optional.empty()
        : cells.stream()
            .filter(it -> Workload.of(it).equals(Workload.of(cell).over(null)))
            .filter(it -> Objects.equals(it.pollIntervalMillis(), cell.pollIntervalMillis()))
            .findFirst();
  }

  private static Optional<Added> added(Cell cell, Cell near) {
    Network network = cell.network();
    Double there = Measure.DELIVERY_MEDIAN.of(cell.repeats());
    Double here = Measure.DELIVERY_MEDIAN.of(near.repeats());
    return network == null || there == null || here == null
        ? Optional.empty()
        : theory(cell)
            .filter(theory -> theory > 0)
            .map(theory -> new Added(cell, network, there - here, theory));
  }

  private static Optional<Double> theory(Cell cell) {
    Transport transport = cell.transport();
    @Nullable Long interval = cell.pollIntervalMillis();
    return Theory.addedMicros(transport, interval, Workload.of(cell), Measure.DELIVERY_MEDIAN);
  }
}
