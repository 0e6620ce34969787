package pushlab.report.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.report.result.Transport.WEBSOCKET;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pushlab.report.result.Cell;
import pushlab.report.result.Network;
import pushlab.report.result.NetworkUse;
import pushlab.report.result.NetworkUse.Shaper;
import pushlab.report.result.RepeatBuilder;
import pushlab.report.text.Phrase;

class NetworkFitnessTest {

  private static final Network ASKED = new Network("4g", 80, 0, 0.01, null);

  @Test
  void aCellWhoseNetworkWasWhatThePlanAskedForIsFit() {
    assertThat(unfit(ASKED, use(83.9, 0.013, 10_000, 0.49))).isEmpty();
    assertThat(unfit(ASKED, use(76.1, 0.007, 10_000, 0.49))).isEmpty();
  }

  @Test
  void aCellHasNoVerdictIfItsRoundTripWasMoreThanFivePercentOff() {
    assertThat(unfit(ASKED, use(84.1, 0.01, 10_000, 0)))
        .containsExactly("the network was not as planned: its round trip was 84.1 ms, not 80.0 ms");
    assertThat(unfit(ASKED, use(75.9, 0.01, 10_000, 0))).hasSize(1);
  }

  @Test
  void aShortRoundTripMayBeOffByAMillisecond() {
    var lan = new Network("lan", 1, 0, 0, null);

    assertThat(unfit(lan, use(1.9, 0, 1000, 0))).isEmpty();
    assertThat(unfit(lan, use(2.1, 0, 1000, 0))).hasSize(1);
  }

  @Test
  void aCellHasNoVerdictIfChanceDoesNotExplainItsLoss() {
    assertThat(unfit(ASKED, use(80, 0.02, 10_000, 0)))
        .containsExactly(
            "the network was not as planned: it lost 2.00 % of the packets, not 1.00 %");
    assertThat(unfit(ASKED, use(80, 0, 10_000, 0))).hasSize(1);
    assertThat(unfit(new Network("80ms", 80, 0, 0, null), use(80, 0.001, 1000, 0))).hasSize(1);
  }

  @Test
  void fewPacketsDoNotContradictALoss() {
    assertThat(unfit(ASKED, use(80, 0, 100, 0))).isEmpty();
    assertThat(unfit(ASKED, use(80, 0.04, 100, 0))).isEmpty();
  }

  @Test
  void aCellHasNoVerdictOnTimesIfTheShaperWasBusy() {
    CellSummary cell = Summaries.of(cell(ASKED, use(80, 0.01, 1000, 0.62))).getFirst();

    assertThat(cell.unfit()).isEmpty();
    assertThat(cell.untimed())
        .extracting(Phrase::english)
        .containsExactly(
            "the shaper of the network was the bottleneck: it was busy 62 % of the time");
  }

  @Test
  void whatWasNotMeasuredIsNotJudged() {
    var unknown =
        new NetworkUse(
            Shaper.RELAY, null, null, null, null, null, null, null, null, null, null, null);

    assertThat(unfit(ASKED, unknown)).isEmpty();
  }

  private static Stream<String> unfit(Network asked, NetworkUse use) {
    return Summaries.of(cell(asked, use)).getFirst().unfit().stream().map(Phrase::english);
  }

  private static NetworkUse use(double roundTrip, double loss, long packets, double share) {
    return new NetworkUse(
        Shaper.WIREFILTER, roundTrip, loss, packets, 10L, 10L, 10L, 10L, 0L, 0L, 10L, share);
  }

  private static Cell cell(Network network, NetworkUse use) {
    return new Cell(
        "cell",
        WEBSOCKET,
        10,
        1,
        null,
        1,
        Cell.PAYLOAD,
        null,
        network,
        List.of(new RepeatBuilder(1).network(use).build()));
  }
}
