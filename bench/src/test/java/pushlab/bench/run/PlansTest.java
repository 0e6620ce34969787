package pushlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pushlab.report.result.Run;
import pushlab.report.result.Transport;

class PlansTest {

  static List<Run.Plan> plans() {
    return List.of(Plans.quick(1), Plans.standard(1), Plans.full(1));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void thePollIntervalIsNotAMultipleOfAnUpdatePeriod(Run.Plan plan) {
    assertThat(plan.updatesPerSecond())
        .allSatisfy(
            rate -> {
              double periods = plan.pollIntervalsMillis().getFirst() / (1000 / rate);
              assertThat(Math.abs(periods - Math.rint(periods))).isGreaterThan(0.05);
            });
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyStandardTransportIsMeasuredWithSeveralNumbersOfClientsMoreThanOnce(Run.Plan plan) {
    assertThat(plan.transports())
        .containsExactlyElementsOf(
            Stream.of(Transport.values()).filter(Transport::isStandard).toList());
    assertThat(plan.clients()).hasSizeGreaterThan(1).doesNotHaveDuplicates();
    assertThat(plan.repeats()).isGreaterThan(1);
  }
}
