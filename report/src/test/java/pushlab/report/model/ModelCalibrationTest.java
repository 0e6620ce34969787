package pushlab.report.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.report.judge.Measure;
import pushlab.report.model.ModelFit.HeldOut;
import pushlab.report.result.Cell;
import pushlab.report.result.ResultsFolder;

/// How well cells of the committed run are predicted from others of it. docs/method.md has the
/// numbers.
class ModelCalibrationTest {

  private static final List<Cell> CELLS =
      new ResultsFolder(Path.of("../docs/sample")).cells(new ArrayList<>());

  @ParameterizedTest
  @EnumSource(Measure.class)
  void eachCellIsPredictedFromTheOthers(Measure measure) {
    HeldOut held =
        CELLS.stream()
            .map(it -> predicted(measure, without(it), List.of(it)))
            .reduce(HeldOut.NONE, HeldOut::plus);

    assertEnough(measure, held);
  }

  /// The cells of a quick run, with two repeats each; the others are held out.
  @ParameterizedTest
  @EnumSource(Measure.class)
  void theCellsOfAQuickRunPredictTheOthers(Measure measure) {
    HeldOut held =
        predicted(measure, cell -> isQuick(cell, 0.5), 2)
            .plus(predicted(measure, cell -> isQuick(cell, 2), 2));

    assertEnough(measure, held);
  }

  /// Nothing near the cell was measured.
  @ParameterizedTest
  @EnumSource(Measure.class)
  void theCellsOfOneSidePredictThoseBeyond(Measure measure) {
    HeldOut held =
        predicted(measure, cell -> cell.clients() < 1000, 3)
            .plus(predicted(measure, cell -> cell.clients() > 10, 3))
            .plus(predicted(measure, cell -> cell.updatesPerSecond() < 20, 3))
            .plus(predicted(measure, cell -> cell.updatesPerSecond() > 0.5, 3));

    assertEnough(measure, held);
  }

  private static boolean isQuick(Cell cell, double rateOfMany) {
    return (cell.clients() == 100 && cell.updatesPerSecond() >= 2)
        || (cell.clients() == 1000 && cell.updatesPerSecond() == rateOfMany);
  }

  private static List<Cell> without(Cell held) {
    return CELLS.stream().filter(it -> !it.id().equals(held.id())).toList();
  }

  private static HeldOut predicted(Measure measure, Predicate<Cell> fitted, int repeats) {
    return predicted(
        measure,
        CELLS.stream()
            .filter(fitted)
            .map(cell -> cell.with(cell.repeats().subList(0, repeats)))
            .toList(),
        CELLS.stream().filter(fitted.negate()).toList());
  }

  private static HeldOut predicted(Measure measure, List<Cell> fitted, List<Cell> held) {
    Model model = Model.of(null, fitted, List.of());
    int inside = 0;
    for (Cell cell : held) {
      double measured = requireNonNull(measure.of(cell.repeats()));
      inside += model.estimate(cell, measure).orElseThrow().holds(measured) ? 1 : 0;
    }
    return new HeldOut(held.size(), inside);
  }

  /// Nine of ten are inside, or one less.
  private static void assertEnough(Measure measure, HeldOut held) {
    assertThat(held.inside())
        .as("%s: inside, of %d held out", measure.id(), held.cells())
        .isGreaterThanOrEqualTo((int) Math.floor(0.9 * held.cells()) - 1);
  }
}
