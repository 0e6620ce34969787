package pushlab.report.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import pushlab.report.judge.Verdict.Outcome;
import pushlab.report.judge.Verdict.Standing;
import pushlab.report.result.Cell;
import pushlab.report.result.Delivery;
import pushlab.report.result.RepeatBuilder;
import pushlab.report.result.Run;
import pushlab.report.result.ServerUse;
import pushlab.report.result.Transport;
import pushlab.report.stat.Confidence;

class ByDeliveryTest {

  private static final Cell LOOP = cell("loop", Transport.LONG_POLLING, 10, Delivery.LOOP, 15);
  private static final Cell THREADS =
      cell("threads", Transport.LONG_POLLING, 10, Delivery.THREADS, 30);
  private static final Cell SHORT = cell("short", Transport.SHORT_POLLING, 10, null, 14);

  @Test
  void verdictsRestOnTheFirstDeliveryOfThePlanAndOnCellsWithoutOne() {
    List<Cell> all = List.of(THREADS, LOOP, SHORT);

    assertThat(ByDelivery.judged(run(Delivery.LOOP, Delivery.THREADS), all))
        .containsExactly(LOOP, SHORT);
    assertThat(ByDelivery.judged(run(Delivery.THREADS, Delivery.LOOP), all))
        .containsExactly(THREADS, SHORT);
    assertThat(ByDelivery.judged(run(Delivery.THREADS), List.of(THREADS, SHORT)))
        .containsExactly(THREADS, SHORT);
    assertThat(ByDelivery.judged(run(), List.of(SHORT))).containsExactly(SHORT);
  }

  @Test
  void verdictsOfABrokenRunRestOnOneDeliveryToo() {
    assertThat(ByDelivery.judged(null, List.of(THREADS, LOOP, SHORT))).containsExactly(LOOP, SHORT);
    assertThat(ByDelivery.judged(null, List.of(THREADS, SHORT))).containsExactly(THREADS, SHORT);
  }

  @Test
  void comparesTheDeliveriesOfEachWorkload() {
    List<ByDelivery> held = ByDelivery.of(Summaries.of(THREADS, SHORT, LOOP));

    assertThat(held)
        .singleElement()
        .extracting(ByDelivery::transport)
        .isEqualTo(Transport.LONG_POLLING);
    assertThat(held.getFirst().cells())
        .extracting(CellSummary::id)
        .containsExactly("loop", "threads");
    Verdict cpu = held.getFirst().verdicts().getFirst();
    assertThat(cpu.measure()).isEqualTo(Measure.SERVER_CPU);
    assertThat(cpu.outcome()).isEqualTo(Outcome.BEST);
    assertThat(cpu.confidence()).isEqualTo(Confidence.SURE);
    assertThat(cpu.standings())
        .extracting(Standing::delivery)
        .containsExactly(Delivery.LOOP, Delivery.THREADS);
    assertThat(cpu.sentence().english())
        .startsWith("Loop is best; Threads is second, with 2.00 times");
  }

  @Test
  void aWorkloadWithOneDeliveryIsNotCompared() {
    Cell other = cell("other", Transport.LONG_POLLING, 20, Delivery.THREADS, 30);

    assertThat(ByDelivery.of(Summaries.of(LOOP, other, SHORT))).isEmpty();
  }

  @Test
  void theHeaviestIsOfTheFirstTransport() {
    Cell few = cell("few", Transport.LONG_POLLING, 5, Delivery.LOOP, 15);
    Cell fewToo = cell("few-too", Transport.LONG_POLLING, 5, Delivery.THREADS, 15);
    Cell stream = cell("stream", Transport.SERVER_SENT_EVENTS, 20, Delivery.LOOP, 15);
    Cell streamToo = cell("stream-too", Transport.SERVER_SENT_EVENTS, 20, Delivery.THREADS, 15);

    List<ByDelivery> all =
        ByDelivery.of(Summaries.of(stream, streamToo, LOOP, THREADS, few, fewToo));

    assertThat(all).hasSize(3);
    assertThat(ByDelivery.heaviest(all).orElseThrow().cells())
        .extracting(CellSummary::id)
        .containsExactly("loop", "threads");
    assertThat(ByDelivery.heaviest(List.of())).isEmpty();
  }

  private static Run run(Delivery... deliveries) {
    return GoldenResults.run(
        "cpu", List.of(Transport.LONG_POLLING), List.of(10), List.of(deliveries));
  }

  private static Cell cell(
      String id, Transport transport, int clients, @Nullable Delivery delivery, long cpuMicros) {
    var repeats =
        List.of(1, 2, 3).stream()
            .map(
                number ->
                    new RepeatBuilder(number)
                        .delivered(100, 100)
                        .server(
                            new ServerUse(
                                100 * cpuMicros, 0L, 0L, null, null, null, null, null, null, null))
                        .build())
            .toList();
    return new Cell(id, transport, clients, 2, null, 1, Cell.PAYLOAD, delivery, null, repeats);
  }
}
