package pushlab.bench.herd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionTest {

  @ParameterizedTest
  @CsvSource({"a, 3, a, 3, true", "a, 4, a, 3, true", "a, 2, a, 3, false", "b, 9, a, 3, false"})
  void aVersionOfAnotherEpochIsNeverIncluded(
      String epoch, long version, String other, long target, boolean included) {
    assertThat(new Position(epoch, version).includes(new Position(other, target)))
        .isEqualTo(included);
  }

  @ParameterizedTest
  @CsvSource({"a, 3, a, 4, 0", "a, 3, a, 7, 3", "a, 3, b, 0, 0", "a, 3, b, 1, 0", "a, 3, b, 4, 3"})
  void whatIsMissedIsBetweenTheTwo(
      String epoch, long version, String next, long newer, long missed) {
    assertThat(new Position(epoch, version).missedUntil(new Position(next, newer)))
        .isEqualTo(missed);
  }

  @ParameterizedTest
  @CsvSource({"a, 7", "b, 0"})
  void theFirstSnapshotMissesNothing(String epoch, long version) {
    assertThat(Position.NONE.missedUntil(new Position(epoch, version))).isZero();
  }
}
