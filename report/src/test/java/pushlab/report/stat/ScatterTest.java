package pushlab.report.stat;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ScatterTest {

  private static final Usual USUAL = new Usual(0.01, 0.16, 8);
  private static final Scatter QUIET = Scatter.of(USUAL, List.of());

  @Test
  void aRunWithoutRepeatsHasTheUsualScatter() {
    assertThat(QUIET).isEqualTo(new Scatter(USUAL, 1, 8));
    assertThat(QUIET.mean(quiet(7)).variance()).isCloseTo(0.01, within(1e-12));
    assertThat(QUIET.mean(quiet(7)).degrees()).isEqualTo(8);
  }

  /// The exact value: exp(t x sqrt(0.01)), with t = 2.306 for 8 degrees of freedom.
  @Test
  void oneRepeatHasTheIntervalOfTheUsualScatter() {
    assertThat(requireNonNull(QUIET.mean(quiet(7)).factor()))
        .isCloseTo(Math.exp(0.2306), within(1e-4));
  }

  @Test
  void aRunThatScattersMoreThanUsualHasWiderIntervals() {
    Scatter wild = Scatter.of(USUAL, Collections.nCopies(12, quiet(1, 2, 4)));

    assertThat(wild.factor()).isGreaterThan(10);
    assertThat(wild.mean(quiet(1, 2, 4)).variance())
        .isGreaterThan(10 * QUIET.mean(quiet(1, 1, 1)).variance());
  }

  @Test
  void oneWildCellDoesNotDecideForAll() {
    var cells = new ArrayList<>(Collections.nCopies(11, quiet(10, 11, 12)));
    double before = Scatter.of(USUAL, cells).factor();
    cells.add(quiet(1, 100, 10_000));

    assertThat(Scatter.of(USUAL, cells).factor()).isCloseTo(before, within(0.2));
  }

  @Test
  void aWildCellIsJudgedByItsOwnScatter() {
    LogMean wild = QUIET.mean(quiet(5, 50, 7));
    LogMean calm = QUIET.mean(quiet(20, 21, 22));

    assertThat(wild.differsFrom(calm)).isNull();
    assertThat(QUIET.mean(quiet(11, 12, 13)).differsFrom(calm)).isEqualTo(Confidence.SURE);
  }

  @Test
  void aDisturbedRepeatWeighsLess() {
    var values = List.of(new Observation(10, false), new Observation(1000, true));

    assertThat(Math.exp(QUIET.mean(values).mean())).isBetween(10.0, 15.0);
  }

  @Test
  void zeroDiffersFromEveryOtherValueAndNotFromZero() {
    LogMean none = QUIET.mean(quiet(0, 0));

    assertThat(none.differsFrom(QUIET.mean(quiet(0)))).isNull();
    assertThat(none.differsFrom(QUIET.mean(quiet(1)))).isEqualTo(Confidence.SURE);
    assertThat(none.isAtMost(1, QUIET.mean(quiet(0)))).isEqualTo(Confidence.SURE);
  }

  @Test
  void sometimesZeroOrLessIsUnknown() {
    for (List<Observation> cell : List.of(quiet(0, 1), quiet(-1, 2))) {
      assertThat(QUIET.mean(cell).differsFrom(QUIET.mean(quiet(1000)))).isNull();
      assertThat(QUIET.mean(cell).factor()).isNull();
    }
  }

  @Test
  void withoutEarlierRunsASingleRepeatTellsNothing() {
    Scatter unknown = Scatter.of(Usual.UNKNOWN, List.of());

    assertThat(unknown.mean(quiet(5)).factor()).isNull();
    assertThat(unknown.mean(quiet(5)).differsFrom(unknown.mean(quiet(500)))).isNull();
    assertThat(unknown.mean(quiet(5, 6)).factor()).isNotNull();
  }

  @Test
  void anEstimateIsUncertainByItsFactor() {
    Spread estimate = Spread.estimated(100, 2);

    assertThat(estimate.mean().isAtMost(500)).isEqualTo(Confidence.SURE);
    assertThat(estimate.mean().isAtMost(150)).isNull();
    assertThat(estimate.differsFrom(Spread.estimated(150, 2))).isNull();
    assertThat(estimate.differsFrom(Spread.estimated(1000, 2))).isEqualTo(Confidence.SURE);
  }

  /// Twelve cells of three repeats, all with one true value: 66 pairs in each of 300 runs.
  @Test
  void equalCellsAreCalledDifferentAsRarelyAsIsClaimed() {
    var random = new Random(16);
    int likely = 0;
    int sure = 0;
    int pairs = 0;
    for (int run = 0; run < 300; run++) {
      List<List<Observation>> cells = new ArrayList<>();
      for (int cell = 0; cell < 12; cell++) {
        cells.add(quiet(normal(random), normal(random), normal(random)));
      }
      Scatter scatter = Scatter.of(USUAL, cells);
      List<LogMean> means = cells.stream().map(scatter::mean).toList();
      for (int one = 0; one < means.size(); one++) {
        for (int other = 0; other < one; other++) {
          Confidence confidence = means.get(one).differsFrom(means.get(other));
          likely += confidence == null ? 0 : 1;
          sure += confidence == Confidence.SURE ? 1 : 0;
          pairs++;
        }
      }
    }
    assertThat((double) likely / pairs).isLessThan(0.01);
    assertThat((double) sure / pairs).isLessThan(0.001);
  }

  /// A value whose logarithm scatters by a tenth, as usual.
  private static double normal(Random random) {
    return Math.exp(0.1 * random.nextGaussian());
  }

  private static List<Observation> quiet(double... values) {
    return DoubleStream.of(values).mapToObj(it -> new Observation(it, false)).toList();
  }
}
