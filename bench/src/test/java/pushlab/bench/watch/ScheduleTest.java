package pushlab.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pushlab.report.result.Transport;

class ScheduleTest {

  private static final long START = 1_000_000;

  @ParameterizedTest
  @CsvSource({
    "2, 4000, 8",
    "20, 5000, 100",
    "0.5, 5000, 3",
    "0.5, 4000, 2",
    "0.1, 1000, 1",
    "1000, 1500, 1500"
  })
  void theNumberOfUpdatesFollowsFromRateAndLengthAndIsAtLeastOne(
      double rate, long millis, int updates) {
    assertThat(workload(rate, Duration.ofMillis(millis)).updates(0)).isEqualTo(updates);
  }

  @Test
  void updatesAreDueAtEvenIntervals() {
    var schedule = schedule(20, 100);
    assertThat(schedule.due(0)).isEqualTo(START);
    assertThat(schedule.due(1)).isEqualTo(START + 50_000_000);
    assertThat(schedule.due(99)).isEqualTo(START + 99 * 50_000_000L);
  }

  @Test
  void roundingErrorsOfIntervalsDoNotAddUp() {
    assertThat(schedule(3, 3000).due(2997)).isEqualTo(START + 999_000_000_000L);
  }

  @Test
  void findsItsOwnUpdatesByTheirStatus() {
    var schedule = schedule(2, 12);
    assertThat(schedule.update(schedule.status(0))).isZero();
    assertThat(schedule.update(schedule.status(11))).isEqualTo(11);
    assertThat(schedule.update(schedule(2, 12).status(3))).isEqualTo(-1);
    assertThat(schedule.update("En cours")).isEqualTo(-1);
    assertThat(schedule.update(null)).isEqualTo(-1);
  }

  @Test
  void countsSentAndAcceptedUpdates() {
    var schedule = schedule(10, 6);
    for (int update : new int[] {0, 2, 3, 5}) {
      schedule.markSent(update);
    }
    schedule.markRefused(2);
    schedule.markRefused(5);
    assertThat(schedule.sentCount()).isEqualTo(4);
    assertThat(schedule.taken()).isEqualTo(2);
    assertThat(schedule.takenUpTo(-1)).isZero();
    assertThat(schedule.takenUpTo(2)).isEqualTo(1);
    assertThat(schedule.takenUpTo(3)).isEqualTo(2);
    assertThat(schedule.lastTaken()).isEqualTo(3);
    assertThat(schedule.nextSent(-1)).isZero();
    assertThat(schedule.nextSent(0)).isEqualTo(2);
  }

  @Test
  void noUpdateIsAcceptedBeforeItIsSent() {
    var schedule = schedule(10, 6);
    assertThat(schedule.sentCount()).isZero();
    assertThat(schedule.taken()).isZero();
    assertThat(schedule.lastTaken()).isEqualTo(-1);
  }

  private static Schedule schedule(double rate, int updates) {
    return new Schedule(workload(rate, Duration.ofNanos((long) (updates * 1e9 / rate))), 0, START);
  }

  private static WatchLoad workload(double rate, Duration length) {
    return new WatchLoad(Transport.WEBSOCKET, 1, rate, Duration.ofMillis(970), length);
  }
}
