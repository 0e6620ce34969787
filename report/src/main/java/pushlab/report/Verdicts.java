package pushlab.report;

import static java.util.Comparator.comparingDouble;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pushlab.report.RunQuality.Grade;
import pushlab.report.Verdict.LeftOut;
import pushlab.report.Verdict.Outcome;
import pushlab.report.Verdict.Standing;

/// Judges cells against each other. It names a best one only where no repeat of any other was as
/// low as any of its own.
final class Verdicts {

  /// Why a cell is left out by a measure that was not measured there.
  static final Phrase NOT_KNOWN = Phrase.of("unknown");

  private Verdicts() {}

  /// One verdict for each workload and measure.
  static List<Verdict> of(List<CellSummary> cells, Grade grade) {
    return byWorkload(cells).entrySet().stream()
        .flatMap(
            entry ->
                Arrays.stream(Measure.values())
                    .map(measure -> judge(entry.getKey(), measure, entry.getValue(), grade)))
        .toList();
  }

  static Map<Workload, List<CellSummary>> byWorkload(List<CellSummary> cells) {
    return cells.stream().collect(groupingBy(CellSummary::workload, TreeMap::new, toList()));
  }

  private static Verdict judge(
      Workload workload, Measure measure, List<CellSummary> cells, Grade grade) {
    var standings = new ArrayList<Standing>();
    var leftOut = new ArrayList<LeftOut>();
    var repeats = new ArrayList<Integer>();
    for (CellSummary cell : cells) {
      Spread spread = cell.spread(measure);
      if (spread != null && cell.unfit().isEmpty()) {
        standings.add(new Standing(cell.id(), cell.transport(), cell.phrase(), spread));
        repeats.add(cell.repeats());
      } else {
        Phrase why = cell.unfit().isEmpty() ? NOT_KNOWN : Phrase.joined(", ", cell.unfit());
        leftOut.add(new LeftOut(cell.id(), cell.transport(), cell.phrase(), why));
      }
    }
    standings.sort(comparingDouble(standing -> standing.spread().value()));
    Outcome outcome = outcome(standings, repeats);
    if (outcome == Outcome.BEST && grade == Grade.NOT_PUBLISHABLE) {
      outcome = Outcome.NOT_PUBLISHABLE;
    }
    boolean best = outcome == Outcome.BEST;
    return new Verdict(
        workload,
        measure,
        outcome,
        best ? ratio(standings) : null,
        best ? chance(repeats) : null,
        standings,
        leftOut);
  }

  private static Outcome outcome(List<Standing> standings, List<Integer> repeats) {
    if (standings.size() < 2) {
      return Outcome.NOTHING_TO_COMPARE;
    }
    if (repeats.contains(1)) {
      return Outcome.ONE_REPEAT;
    }
    Spread lowest = standings.getFirst().spread();
    boolean parted = standings.stream().skip(1).noneMatch(other -> other.spread().overlaps(lowest));
    return parted ? Outcome.BEST : Outcome.TOO_CLOSE;
  }

  private static @Nullable Ratio ratio(List<Standing> standings) {
    return standings.get(1).spread().over(standings.getFirst().spread());
  }

  /// If all were alike, every order of all the repeats would be equally probable: the chance that
  /// those of one cell come first is one in the ways to choose them; any cell may be that one.
  static double chance(List<Integer> repeats) {
    int all = repeats.stream().mapToInt(Integer::intValue).sum();
    return repeats.stream().mapToDouble(own -> 1 / choose(all, own)).sum();
  }

  private static double choose(int n, int k) {
    double ways = 1;
    for (int i = 1; i <= k; i++) {
      ways = ways * (n - k + i) / i;
    }
    return ways;
  }
}
