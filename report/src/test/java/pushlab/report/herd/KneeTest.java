package pushlab.report.herd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import pushlab.report.result.herd.HerdTrial;

class KneeTest {

  @Test
  void theSmallestWindowThatIsNotCrowdedAndNotLater() {
    HerdSeries series =
        series(back(0, 4.1, 12_000), back(1, 1.9, 900), back(5, 5.4, 400), back(30, 31, 60));

    assertThat(series.kneeSeconds()).isEqualTo(1);
    assertThat(series.knee().orElseThrow().mostAttempts().median()).isEqualTo(900);
  }

  @Test
  void noWindowIsNeededWhereTheServerTakesAllAtOnce() {
    assertThat(series(back(0, 1.2, 900), back(1, 1.9, 800), back(5, 5, 300)).kneeSeconds())
        .isEqualTo(0);
  }

  @Test
  void aCrowdedWindowIsNoneEvenWhereItIsAsFast() {
    assertThat(series(back(0, 1.5, 12_000), back(1, 1.5, 5000), back(5, 5, 300)).kneeSeconds())
        .isEqualTo(5);
  }

  @Test
  void aWindowBelowACrowdedOneIsNone() {
    assertThat(series(back(0, 1.5, 900), back(1, 1.5, 5000), back(5, 5, 300)).kneeSeconds())
        .isEqualTo(5);
  }

  @Test
  void aLittleEarlierIsNotEarlier() {
    assertThat(series(back(0, 2, 900), back(1, 1.85, 800), back(5, 5, 300)).kneeSeconds())
        .isEqualTo(0);
    assertThat(series(back(0, 2, 900), back(1, 1.75, 800), back(5, 5, 300)).kneeSeconds())
        .isEqualTo(1);
  }

  @Test
  void repeatsThatOverlapDoNotDiffer() {
    HerdSeries overlapping =
        series(
            back(0, 2, 900),
            back(0, 3, 900).repeat(1),
            back(1, 1.6, 800),
            back(1, 2.1, 800).repeat(1),
            back(5, 5, 300),
            back(5, 5, 300).repeat(1));

    assertThat(overlapping.kneeSeconds()).isEqualTo(0);
    assertThat(overlapping.points())
        .extracting(HerdPoint::lastBackSeconds)
        .startsWith(new Middle(2.5, 2, 3));
  }

  @Test
  void aWindowFromWhichNotAllCameBackIsNone() {
    assertThat(series(back(0, 2, 900).notBack(1), back(1, 2.5, 800), back(5, 5, 300)).kneeSeconds())
        .isEqualTo(1);
  }

  @Test
  void aWindowWhoseClientsWereTheLimitIsNone() {
    assertThat(
            series(
                    back(0, 1.2, 900).instrumentShare(0.95),
                    back(1, 1.9, 800),
                    back(2, 2.9, 500),
                    back(5, 5, 300))
                .kneeSeconds())
        .isEqualTo(1);
  }

  @Test
  void twoWindowsHaveNoKnee() {
    assertThat(series(back(0, 4, 900), back(1, 2, 800)).kneeSeconds()).isNull();
  }

  @Test
  void noKneeWhereEachWindowIsCrowded() {
    HerdSeries crowded =
        series(
            back(0, 4, 900).accepts(100),
            back(1, 4, 800).accepts(100),
            back(5, 5, 300).accepts(100));

    assertThat(crowded.takesPerSecond()).isEqualTo(100);
    assertThat(crowded.kneeSeconds()).isNull();
  }

  @Test
  void whatTheServerCanTakeIsTheFastestHalfOfAnyTrial() {
    assertThat(series(back(0, 1.5, 1), back(1, 3, 1)).takesPerSecond())
        .isCloseTo(2000, within(1.0));
  }

  /// Clients that come back from 1 s on.
  private static Trials back(double window, double last, long mostAttempts) {
    return Trials.trial().window(window).back(1, last).most(mostAttempts, 1000);
  }

  private static HerdSeries series(Trials... trials) {
    List<HerdTrial> all = Arrays.stream(trials).map(Trials::get).toList();
    return HerdSeries.of(all).getFirst();
  }
}
