package pushlab.report.judge;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Cell;
import pushlab.report.result.Transport;
import pushlab.report.result.Transport.Asking;
import pushlab.report.stat.Observation;
import pushlab.report.stat.Scatter;
import pushlab.report.stat.Spread;

/// The scatter of repeats in a run, by measure. The delays of short polling have a scatter of
/// their own: they depend mostly on the phase of the polls, which says nothing about the delays
/// of the other transports.
public final class Scatters {

  /// What scatters in one way.
  ///
  /// @param clocked delays of transports that ask at intervals
  record Kind(Measure measure, boolean clocked) {

    static Kind of(Measure measure, Transport transport) {
      return new Kind(measure, measure.isDelay() && transport.asking() == Asking.AT_INTERVALS);
    }

    private boolean includes(Cell cell) {
      return equals(of(measure, cell.transport()));
    }
  }

  private final Disturbances disturbances;
  private final Map<Kind, Scatter> scatters;

  private Scatters(Disturbances disturbances, Map<Kind, Scatter> scatters) {
    this.disturbances = disturbances;
    this.scatters = scatters;
  }

  /// The scatters of all cells of a run that have no fault.
  public static Scatters of(List<Cell> cells) {
    return of(cells, Disturbances.of(cells), UsualScatter.read());
  }

  static Scatters of(List<Cell> cells, Disturbances disturbances, UsualScatter usual) {
    return new Scatters(
        disturbances,
        Arrays.stream(Measure.values())
            .flatMap(measure -> List.of(new Kind(measure, false), new Kind(measure, true)).stream())
            .collect(
                toMap(
                    kind -> kind,
                    kind -> Scatter.of(usual.of(kind), observed(cells, kind, disturbances)))));
  }

  /// What each fit cell showed.
  static List<List<Observation>> observed(List<Cell> cells, Kind kind, Disturbances disturbances) {
    return cells.stream()
        .filter(kind::includes)
        .filter(cell -> Fitness.isFit(kind.measure(), cell))
        .map(cell -> kind.measure().observations(cell.repeats(), disturbances))
        .filter(each -> !each.isEmpty())
        .toList();
  }

  /// The spread of that measure over the repeats of `cell`; null if a repeat does not know it.
  @Nullable Spread spread(Measure measure, Cell cell) {
    return measure.spread(cell.repeats(), disturbances, of(measure, cell.transport()));
  }

  /// The scatter by which a cell of `transport` is judged.
  public Scatter of(Measure measure, Transport transport) {
    return requireNonNull(scatters.get(Kind.of(measure, transport)));
  }
}
