package pushlab.report.judge;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import pushlab.report.result.Cell;
import pushlab.report.result.Transport;
import pushlab.report.result.Transport.Asking;
import pushlab.report.stat.Scatter;
import pushlab.report.stat.Spread;

/// The scatter of repeats in a run, by measure. The delays of short polling have a scatter of
/// their own: they depend mostly on the phase of the polls, which says nothing about the delays
/// of the other transports.
///
/// @param clocked of the delays of transports that ask at intervals; unknown for every other
///     measure
/// @param others of all other cells
public record Scatters(Map<Measure, Scatter> clocked, Map<Measure, Scatter> others) {

  /// The scatters of all cells that are fit for a verdict.
  public static Scatters of(List<Cell> cells) {
    List<Cell> fit =
        cells.stream().filter(cell -> Fitness.unfit(cell.repeats()).isEmpty()).toList();
    return new Scatters(of(fit, true), of(fit, false));
  }

  private static Map<Measure, Scatter> of(List<Cell> cells, boolean clocked) {
    return Arrays.stream(Measure.values())
        .collect(toMap(measure -> measure, measure -> of(cells, measure, clocked)));
  }

  private static Scatter of(List<Cell> cells, Measure measure, boolean clocked) {
    return cells.stream()
        .filter(cell -> isClocked(measure, cell.transport()) == clocked)
        .map(cell -> measure.spread(cell.repeats()))
        .filter(Objects::nonNull)
        .map(Spread::scatter)
        .reduce(Scatter.UNKNOWN, Scatter::with);
  }

  /// The scatter by which a cell of `transport` is judged.
  public Scatter of(Measure measure, Transport transport) {
    return requireNonNull((isClocked(measure, transport) ? clocked : others).get(measure));
  }

  private static boolean isClocked(Measure measure, Transport transport) {
    return measure.isDelay() && transport.asking() == Asking.AT_INTERVALS;
  }
}
