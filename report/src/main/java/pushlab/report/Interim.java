package pushlab.report;

import java.util.List;
import java.util.Set;
import pushlab.report.advice.Advice;
import pushlab.report.advice.Adviser;
import pushlab.report.judge.ByDelivery;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Scatters;
import pushlab.report.model.Model;
import pushlab.report.result.Cell;
import pushlab.report.result.Run;
import pushlab.report.result.road.ProxyResult;
import pushlab.report.road.Road;

/// What a run has found before its end.
///
/// @param answers one for each situation
/// @param open the ids of the cells that could decide more, if they had one more repeat
public record Interim(List<Advice> answers, Set<String> open) {

  /// What these cells tell.
  ///
  /// @param cells of `run`, as far as they were measured
  /// @param proxies that `run` has measured
  public static Interim of(Run run, List<Cell> cells, List<ProxyResult> proxies) {
    return of(run, cells, Road.of(proxies));
  }

  static Interim of(Run run, List<Cell> cells, Road road) {
    List<Cell> measured =
        ByDelivery.judged(run, cells).stream().filter(cell -> !cell.repeats().isEmpty()).toList();
    Scatters scatters = Scatters.of(measured);
    List<CellSummary> summaries =
        measured.stream().map(cell -> CellSummary.of(cell, scatters, null, null)).toList();
    Model model = Model.of(run, measured, List.of());
    return new Interim(
        Adviser.of(summaries, model, road), Adviser.undecided(summaries, model, road));
  }
}
