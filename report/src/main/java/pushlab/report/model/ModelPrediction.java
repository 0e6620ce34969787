package pushlab.report.model;

import java.util.ArrayList;
import java.util.List;
import pushlab.report.judge.Measure;
import pushlab.report.result.Cell;
import pushlab.report.result.Transport;

/// What the model said of a cell that the run held out, and what was measured.
///
/// @param cell its id
/// @param lowest nine of ten cells are not below
/// @param highest nine of ten cells are not above
/// @param inside whether what was measured is within these bounds
public record ModelPrediction(
    String cell,
    Transport transport,
    Measure measure,
    double predicted,
    double lowest,
    double highest,
    double measured,
    boolean inside) {

  /// One for each measure that the cell measured and `model` can estimate.
  static List<ModelPrediction> of(Model model, Cell cell) {
    var all = new ArrayList<ModelPrediction>();
    for (Measure measure : Measure.values()) {
      Double measured = measure.of(cell.repeats());
      if (measured != null) {
        model
            .estimate(cell, measure)
            .map(
                it ->
                    new ModelPrediction(
                        cell.id(),
                        cell.transport(),
                        measure,
                        it.value(),
                        it.lowest(),
                        it.highest(),
                        measured,
                        it.holds(measured)))
            .ifPresent(all::add);
      }
    }
    return all;
  }
}
