package pushlab.report.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static pushlab.report.result.Transport.LONG_POLLING;
import static pushlab.report.result.Transport.SHORT_POLLING;
import static pushlab.report.result.Transport.WEBSOCKET;

import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Workload;
import pushlab.report.result.Cell;
import pushlab.report.result.Network;
import pushlab.report.result.Transport;

class TheoryTest {

  private static final Offset<Double> NEARLY = within(1.0);
  private static final Network FAR = new Network("80ms", 80, 0, 0, null);
  private static final Network LOSSY = new Network("lossy", 80, 0, 0.02, null);

  @Test
  void overLoopbackOnlyShortPollingIsLate() {
    assertThat(micros(SHORT_POLLING, 970L, 2, null, 0.5)).isCloseTo(485_000, NEARLY);
    assertThat(micros(LONG_POLLING, null, 20, null, 0.99)).isZero();
    assertThat(micros(WEBSOCKET, null, 20, null, 0.99)).isZero();
  }

  @Test
  void aPushTakesHalfARoundTrip() {
    assertThat(micros(WEBSOCKET, null, 20, FAR, 0.5)).isCloseTo(40_000, NEARLY);
    assertThat(micros(WEBSOCKET, null, 20, FAR, 0.99)).isCloseTo(40_000, NEARLY);
  }

  @Test
  void aLongPollTakesUpToThreeHalvesOfARoundTripIfItsClientIsAskingAgain() {
    assertThat(micros(LONG_POLLING, null, 0.2, FAR, 0.5)).isCloseTo(40_000, NEARLY);
    assertThat(micros(LONG_POLLING, null, 12.5, FAR, 0.5)).isCloseTo(80_000, NEARLY);
    assertThat(micros(LONG_POLLING, null, 100, FAR, 1)).isCloseTo(120_000, NEARLY);
  }

  @Test
  void aPollWaitsForAnIntervalAndARoundTrip() {
    assertThat(micros(SHORT_POLLING, 920L, 2, FAR, 0.5)).isCloseTo(540_000, NEARLY);
    assertThat(micros(SHORT_POLLING, 920L, 2, FAR, 1)).isCloseTo(1_040_000, NEARLY);
  }

  @Test
  void aLostPacketCostsARoundTripAndATimer() {
    assertThat(micros(WEBSOCKET, null, 0.2, LOSSY, 0.9)).isCloseTo(40_000, NEARLY);
    assertThat(micros(WEBSOCKET, null, 0.2, LOSSY, 0.99)).isCloseTo(320_000, NEARLY);
    assertThat(micros(LONG_POLLING, null, 0.2, LOSSY, 0.99)).isCloseTo(320_000, NEARLY);
  }

  @Test
  void thePushAfterALostOneShowsTheGapSooner() {
    assertThat(micros(WEBSOCKET, null, 20, LOSSY, 0.99)).isCloseTo(190_000, NEARLY);
    assertThat(micros(LONG_POLLING, null, 20, LOSSY, 1)).isCloseTo(400_000, NEARLY);
  }

  @Test
  void theLastOfManyClientsMeetsALossThatTheMedianDoesNot() {
    assertThat(added(new Workload(100, 0.2, 1, Cell.PAYLOAD, LOSSY), Measure.HERD))
        .isCloseTo(320_000, NEARLY);
    assertThat(added(new Workload(1, 0.2, 1, Cell.PAYLOAD, LOSSY), Measure.HERD))
        .isCloseTo(40_000, NEARLY);
  }

  @Test
  void addsNothingOverLoopbackAndNothingToACount() {
    var near = new Workload(10, 2, 1, Cell.PAYLOAD);

    assertThat(added(near, Measure.DELIVERY_P99)).isZero();
    assertThat(added(near.over(FAR), Measure.BYTES)).isZero();
    assertThat(Theory.addedMicros(WEBSOCKET, null, near.over(FAR), Measure.STALENESS)).isEmpty();
  }

  private static double added(Workload workload, Measure measure) {
    return Theory.addedMicros(WEBSOCKET, null, workload, measure).orElseThrow();
  }

  private static double micros(
      Transport transport,
      @Nullable Long interval,
      double rate,
      @Nullable Network network,
      double share) {
    return Theory.deliveryMicros(
        transport, interval, new Workload(10, rate, 1, Cell.PAYLOAD, network), share);
  }
}
