package pushlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void whatIsLeftFollowsFromWhatTheStepsBeforeTook() throws Exception {
    var pace = new Pace(new Budget(null), 10);
    assertThat(pace.left()).isEqualTo(10);
    pace.begin(0);
    Thread.sleep(1000);
    pace.end();
    assertThat(pace.left()).as("a tenth longer at least").isGreaterThanOrEqualTo(11);
    assertThat(pace.share()).isBetween(0.0, 0.1);
    assertThat(pace.hasTimeFor(1e9)).as("nothing limits it").isTrue();
  }

  @Test
  void aStepThatTakesLongerThanExpectedDoesNotMakeTheRestNegative() throws Exception {
    var pace = new Pace(new Budget(null), 0.01);
    pace.begin(0.01);
    Thread.sleep(50);
    assertThat(pace.left()).isZero();
  }

  @Test
  void theBudgetLimitsWhatBegins() {
    var pace = new Pace(new Budget(100.0), 10);
    assertThat(pace.left()).as("later rounds use all of it").isBetween(90.0, 100.0);
    assertThat(pace.hasTimeFor(90)).isTrue();
    assertThat(pace.hasTimeFor(101)).isFalse();
  }

  @Test
  void waitingForOthersDoesNotCount() throws Exception {
    var budget = new Budget(0.1);
    Thread.sleep(200);
    assertThat(budget.left()).isZero();
    budget.exclude(Duration.ofSeconds(10));
    assertThat(budget.left()).isBetween(5.0, 10.0);
  }
}
