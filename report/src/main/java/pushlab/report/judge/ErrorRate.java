package pushlab.report.judge;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.Scatters.Kind;
import pushlab.report.result.Cell;
import pushlab.report.result.Repeat;
import pushlab.report.stat.Observation;
import pushlab.report.stat.Scatter;
import pushlab.report.stat.Spread;

/// How often the verdicts err, by resampling the repeats of real runs. Each trial draws a run with
/// few repeats from one with many. Then it takes two disjoint sets of repeats of one cell, which
/// differ by chance alone. A difference that is called significant there is wrong. The values of
/// one set times a factor are a true difference, which should be found.
public final class ErrorRate {

  /// The true differences, as ratios.
  public static final List<Double> RATIOS = List.of(1.1, 1.3, 1.8, 100.0);

  private static final int TRIALS = 1_000;

  /// The rates of one measure, as shares of the trials.
  ///
  /// @param wrong how often two sets of repeats of one cell were called different
  /// @param found how often each of [#RATIOS] was found, in the same order
  /// @param trials the number of trials
  public record Rate(Measure measure, double wrong, List<Double> found, int trials) {}

  /// Verdicts of small runs that are drawn from one run, compared with those of a whole reference.
  ///
  /// @param judged pairs of cells that both called different
  /// @param contradicted of these, the pairs that they put in the opposite order
  /// @param unconfirmed further pairs that only the small run called different
  public record Contradictions(Measure measure, int judged, int contradicted, int unconfirmed) {}

  private final UsualScatter usual;
  private final Random random = new Random(1);

  /// @param usual what the drawn runs borrow; it should come from other runs than they do
  public ErrorRate(UsualScatter usual) {
    this.usual = usual;
  }

  /// The rates of each measure for runs with that many repeats. A measure is left out if no cell
  /// has twice as many repeats that know it.
  ///
  /// @param runs the cells of each run
  public List<Rate> of(List<List<Cell>> runs, int repeats) {
    return Arrays.stream(Measure.values())
        .flatMap(measure -> Stream.ofNullable(rate(measure, runs, repeats)))
        .toList();
  }

  private @Nullable Rate rate(Measure measure, List<List<Cell>> runs, int repeats) {
    int wrong = 0;
    int[] found = new int[RATIOS.size()];
    int trials = 0;
    for (List<Cell> run : runs) {
      Disturbances disturbances = Disturbances.of(run);
      List<Cell> whole =
          run.stream()
              .filter(cell -> Fitness.isFit(measure, cell))
              .filter(cell -> cell.repeats().size() >= 2 * repeats)
              .filter(cell -> positive(measure.observations(cell.repeats(), disturbances)))
              .toList();
      for (int trial = 0; trial < TRIALS / runs.size() && !whole.isEmpty(); trial++) {
        Cell split = whole.get(random.nextInt(whole.size()));
        List<Repeat> shuffled = shuffled(split);
        Scatter scatter = drawn(Kind.of(measure, split.transport()), run, repeats, disturbances);
        Spread one =
            requireNonNull(measure.spread(shuffled.subList(0, repeats), disturbances, scatter));
        List<Observation> others =
            measure.observations(shuffled.subList(repeats, 2 * repeats), disturbances);
        trials++;
        wrong += one.differsFrom(times(1, others, scatter)) == null ? 0 : 1;
        for (int i = 0; i < found.length; i++) {
          found[i] += isFound(one, times(RATIOS.get(i), others, scatter)) ? 1 : 0;
        }
      }
    }
    double all = trials;
    return trials == 0
        ? null
        : new Rate(
            measure, wrong / all, Arrays.stream(found).mapToObj(it -> it / all).toList(), trials);
  }

  /// How the verdicts of small runs, drawn from `run`, agree with those of `reference`.
  public List<Contradictions> of(List<Cell> run, List<Cell> reference, int repeats) {
    Map<Measure, Contradictions> sums = new EnumMap<>(Measure.class);
    Scatters whole = Scatters.of(reference, Disturbances.of(reference), usual);
    Disturbances disturbances = Disturbances.of(run);
    for (int trial = 0; trial < TRIALS / 20; trial++) {
      List<Cell> few = few(run, repeats);
      Scatters drawn = Scatters.of(few, disturbances, usual);
      for (Measure measure : Measure.values()) {
        sums.merge(measure, compare(measure, few, drawn, reference, whole), ErrorRate::sum);
      }
    }
    return List.copyOf(sums.values());
  }

  private static Contradictions compare(
      Measure measure, List<Cell> few, Scatters drawn, List<Cell> reference, Scatters whole) {
    int judged = 0;
    int contradicted = 0;
    int unconfirmed = 0;
    for (Cell one : few) {
      for (Cell other : few) {
        Cell sameOne = same(one, reference);
        Cell sameOther = same(other, reference);
        if (sameOne != null && sameOther != null && order(measure, one, other, drawn) < 0) {
          int truth = order(measure, sameOne, sameOther, whole);
          judged += truth == 0 ? 0 : 1;
          contradicted += truth > 0 ? 1 : 0;
          unconfirmed += truth == 0 ? 1 : 0;
        }
      }
    }
    return new Contradictions(measure, judged, contradicted, unconfirmed);
  }

  /// Negative if `one` is significantly lower, positive if it is higher, else 0; 0 for cells of
  /// different workloads.
  private static int order(Measure measure, Cell one, Cell other, Scatters scatters) {
    if (one.clients() != other.clients()
        || one.updatesPerSecond() != other.updatesPerSecond()
        || !Fitness.isFit(measure, one)
        || !Fitness.isFit(measure, other)) {
      return 0;
    }
    Spread a = scatters.spread(measure, one);
    Spread b = scatters.spread(measure, other);
    return a == null || b == null || a.differsFrom(b) == null
        ? 0
        : Double.compare(a.value(), b.value());
  }

  private static Contradictions sum(Contradictions one, Contradictions other) {
    return new Contradictions(
        one.measure,
        one.judged + other.judged,
        one.contradicted + other.contradicted,
        one.unconfirmed + other.unconfirmed);
  }

  private static @Nullable Cell same(Cell cell, List<Cell> in) {
    return in.stream().filter(it -> it.id().equals(cell.id())).findFirst().orElse(null);
  }

  private Scatter drawn(Kind kind, List<Cell> run, int repeats, Disturbances disturbances) {
    return Scatter.of(usual.of(kind), Scatters.observed(few(run, repeats), kind, disturbances));
  }

  private List<Cell> few(List<Cell> run, int repeats) {
    return run.stream()
        .filter(cell -> cell.repeats().size() >= repeats)
        .map(cell -> cell.with(shuffled(cell).subList(0, repeats)))
        .toList();
  }

  private List<Repeat> shuffled(Cell cell) {
    var repeats = new ArrayList<>(cell.repeats());
    Collections.shuffle(repeats, random);
    return repeats;
  }

  private static Spread times(double ratio, List<Observation> repeats, Scatter scatter) {
    return Spread.of(
        repeats,
        drawn -> ratio * drawn.stream().mapToDouble(Observation::value).average().orElseThrow(),
        Observation::disturbed,
        scatter);
  }

  private static boolean isFound(Spread lower, Spread higher) {
    return higher.differsFrom(lower) != null && higher.value() > lower.value();
  }

  private static boolean positive(List<Observation> repeats) {
    return !repeats.isEmpty() && repeats.stream().allMatch(it -> it.value() > 0);
  }
}
