package pushlab.report.judge;

import static java.util.Comparator.comparingDouble;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.RunQuality.Grade;
import pushlab.report.judge.Verdict.LeftOut;
import pushlab.report.judge.Verdict.Outcome;
import pushlab.report.judge.Verdict.Standing;
import pushlab.report.stat.Ratio;
import pushlab.report.stat.Spread;
import pushlab.report.text.Phrase;

/// Compares cells. It names a best one only if each of the others differs significantly from it.
public final class Verdicts {

  /// Why a cell is left out if the measure was not measured there.
  public static final Phrase NOT_KNOWN = Phrase.of("unknown");

  private Verdicts() {}

  /// One verdict for each workload and measure.
  public static List<Verdict> of(List<CellSummary> cells, Grade grade) {
    return byWorkload(cells).entrySet().stream()
        .flatMap(
            entry ->
                Arrays.stream(Measure.values())
                    .map(measure -> judge(entry.getKey(), measure, entry.getValue(), grade)))
        .toList();
  }

  public static Map<Workload, List<CellSummary>> byWorkload(List<CellSummary> cells) {
    return cells.stream().collect(groupingBy(CellSummary::workload, TreeMap::new, toList()));
  }

  private static Verdict judge(
      Workload workload, Measure measure, List<CellSummary> cells, Grade grade) {
    var standings = new ArrayList<Standing>();
    var leftOut = new ArrayList<LeftOut>();
    for (CellSummary cell : cells) {
      Spread spread = cell.spread(measure);
      if (spread != null && cell.unfit().isEmpty()) {
        standings.add(new Standing(cell.id(), cell.transport(), cell.phrase(), spread));
      } else {
        Phrase why = cell.unfit().isEmpty() ? NOT_KNOWN : Phrase.joined(", ", cell.unfit());
        leftOut.add(new LeftOut(cell.id(), cell.transport(), cell.phrase(), why));
      }
    }
    standings.sort(comparingDouble(standing -> standing.spread().value()));
    Outcome outcome = outcome(standings);
    if (outcome == Outcome.BEST && grade == Grade.NOT_PUBLISHABLE) {
      outcome = Outcome.NOT_PUBLISHABLE;
    }
    boolean best = outcome == Outcome.BEST;
    return new Verdict(
        workload, measure, outcome, best ? ratio(standings) : null, standings, leftOut);
  }

  private static Outcome outcome(List<Standing> standings) {
    if (standings.size() < 2) {
      return Outcome.NOTHING_TO_COMPARE;
    }
    if (standings.stream().anyMatch(standing -> standing.spread().repeats() == 1)) {
      return Outcome.ONE_REPEAT;
    }
    Spread lowest = standings.getFirst().spread();
    boolean best = standings.stream().skip(1).allMatch(other -> other.spread().differsFrom(lowest));
    return best ? Outcome.BEST : Outcome.TOO_CLOSE;
  }

  private static @Nullable Ratio ratio(List<Standing> standings) {
    return standings.get(1).spread().over(standings.getFirst().spread());
  }
}
