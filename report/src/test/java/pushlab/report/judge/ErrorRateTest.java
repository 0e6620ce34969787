package pushlab.report.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pushlab.report.result.Cell;
import pushlab.report.result.ResultsFolder;

/// By the repeats of the sample, a standard run whose cells of ten clients have few deliveries.
/// `./lab error-rate` does the same with longer runs.
class ErrorRateTest {

  private static final List<Cell> SAMPLE =
      new ResultsFolder(Path.of("../docs/sample")).cells(new ArrayList<>());

  @Test
  void aSingleRepeatIsSeldomWrongAndFindsAHundredfold() {
    List<ErrorRate.Rate> rates = new ErrorRate(UsualScatter.read()).of(List.of(SAMPLE), 1);

    assertThat(rates).extracting(ErrorRate.Rate::measure).containsExactly(Measure.values());
    assertThat(rates)
        .allSatisfy(
            rate -> {
              assertThat(rate.wrong()).as(rate.toString()).isLessThan(0.03);
              assertThat(rate.found().getLast()).as(rate.toString()).isGreaterThan(0.9);
            });
  }

  @Test
  void twoRepeatsDoNotContradictThree() {
    assertThat(new ErrorRate(UsualScatter.read()).of(SAMPLE, SAMPLE, 2))
        .allSatisfy(each -> assertThat(each.contradicted()).as(each.toString()).isEqualTo(0));
  }
}
