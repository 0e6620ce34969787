package pushlab.report;

import static java.util.stream.Collectors.toMap;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.math3.distribution.TDistribution;
import pushlab.report.result.Cell;

/// How far repeats of the same cell lie apart. Two or three repeats tell little of it, but all the
/// cells of a run together do: this is the variance within cells of the analysis of variance (R. A.
/// Fisher, Statistical Methods for Research Workers, 1925), of logarithms, since what is ten times
/// as much is about ten times as far apart.
///
/// @param squares the sum of the squared distances of repeats from the mean of their cell
/// @param degrees how many of these distances are free: the repeats, less one for each cell
record Scatter(double squares, int degrees) {

  private static final double CHANCE = 0.001;

  private static final Scatter UNKNOWN = new Scatter(0, 0);

  /// That of one cell, which is unknown of one repeat, or where one has zero.
  static Scatter of(double... repeats) {
    double mean = meanLog(repeats);
    double squares =
        Arrays.stream(repeats).map(value -> Math.log(value) - mean).map(log -> log * log).sum();
    return Double.isFinite(squares) ? new Scatter(squares, repeats.length - 1) : UNKNOWN;
  }

  static double meanLog(double... repeats) {
    return Arrays.stream(repeats).map(Math::log).average().orElseThrow();
  }

  /// That of all cells that are fit for a verdict, by measure.
  static Map<Measure, Scatter> of(List<Cell> cells) {
    return Arrays.stream(Measure.values())
        .collect(toMap(measure -> measure, measure -> of(measure, cells)));
  }

  private static Scatter of(Measure measure, List<Cell> cells) {
    return cells.stream()
        .map(Cell::repeats)
        .filter(repeats -> Fitness.unfit(repeats).isEmpty())
        .map(measure::spread)
        .filter(Objects::nonNull)
        .map(Spread::scatter)
        .reduce(UNKNOWN, Scatter::with);
  }

  /// This and what other cells tell.
  Scatter with(Scatter other) {
    return new Scatter(squares + other.squares, degrees + other.degrees);
  }

  /// Whether chance puts the means of two cells that are alike as far apart as `distance`, in
  /// logarithms, in less than 1 of 1,000 cases, by Student's t-test; never, where it is not known.
  boolean isBeyondChance(double distance, int repeats, int others) {
    if (degrees == 0) {
      return false;
    }
    double error = Math.sqrt(squares / degrees * (1.0 / repeats + 1.0 / others));
    return 2 * new TDistribution(degrees).cumulativeProbability(-distance / error) < CHANCE;
  }
}
