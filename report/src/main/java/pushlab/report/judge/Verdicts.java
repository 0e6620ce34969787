package pushlab.report.judge;

import static java.util.Comparator.comparingDouble;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.Verdict.LeftOut;
import pushlab.report.judge.Verdict.Outcome;
import pushlab.report.judge.Verdict.Standing;
import pushlab.report.stat.Confidence;
import pushlab.report.stat.Ratio;
import pushlab.report.stat.Spread;
import pushlab.report.text.Phrase;

/// Compares cells. It names a best one only if each of the others differs significantly from it.
public final class Verdicts {

  /// Why a cell is left out if the measure was not measured there.
  public static final Phrase NOT_KNOWN = Phrase.of("unknown");

  private Verdicts() {}

  /// One verdict for each workload and measure.
  public static List<Verdict> of(List<CellSummary> cells) {
    return byWorkload(cells).entrySet().stream()
        .flatMap(
            entry ->
                Arrays.stream(Measure.values())
                    .map(
                        measure ->
                            judge(entry.getKey(), measure, entry.getValue(), CellSummary::phrase)))
        .toList();
  }

  public static Map<Workload, List<CellSummary>> byWorkload(List<CellSummary> cells) {
    return cells.stream().collect(groupingBy(CellSummary::workload, TreeMap::new, toList()));
  }

  /// The verdict on `cells`, which are called by their `label`.
  static Verdict judge(
      Workload workload,
      Measure measure,
      List<CellSummary> cells,
      Function<CellSummary, Phrase> label) {
    var standings = new ArrayList<Standing>();
    var leftOut = new ArrayList<LeftOut>();
    for (CellSummary cell : cells) {
      Spread spread = cell.spread(measure);
      List<Phrase> unfit = cell.unfit(measure);
      if (spread != null && unfit.isEmpty()) {
        standings.add(
            new Standing(cell.id(), cell.transport(), cell.delivery(), label.apply(cell), spread));
      } else {
        Phrase why = unfit.isEmpty() ? NOT_KNOWN : Phrase.joined(", ", unfit);
        leftOut.add(new LeftOut(cell.id(), cell.transport(), label.apply(cell), why));
      }
    }
    standings.sort(comparingDouble(standing -> standing.spread().value()));
    if (standings.size() < 2) {
      return new Verdict(
          workload, measure, Outcome.NOTHING_TO_COMPARE, null, null, standings, leftOut);
    }
    Confidence confidence = confidence(standings);
    boolean best = confidence != null;
    return new Verdict(
        workload,
        measure,
        best ? Outcome.BEST : Outcome.TOO_CLOSE,
        confidence,
        best ? ratio(standings) : null,
        standings,
        leftOut);
  }

  /// How sure it is that each of the others is higher than the lowest.
  private static @Nullable Confidence confidence(List<Standing> standings) {
    Spread lowest = standings.getFirst().spread();
    Confidence least = Confidence.SURE;
    for (Standing other : standings.subList(1, standings.size())) {
      least = Confidence.lesser(least, other.spread().differsFrom(lowest));
    }
    return least;
  }

  private static @Nullable Ratio ratio(List<Standing> standings) {
    return standings.get(1).spread().over(standings.getFirst().spread());
  }
}
