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

class HeldRequestsTest {

  private static final Cell LOOP = cell("loop", Transport.LONG_POLLING, 10, Delivery.LOOP, 15);
  private static final Cell THREADS =
      cell("threads", Transport.LONG_POLLING, 10, Delivery.THREADS, 30);
  private static final Cell SOCKET = cell("socket", Transport.WEBSOCKET, 10, null, 14);

  @Test
  void verdictsRestOnTheFirstDeliveryOfThePlanAndOnCellsWithoutOne() {
    List<Cell> all = List.of(THREADS, LOOP, SOCKET);

    assertThat(HeldRequests.judged(run(Delivery.LOOP, Delivery.THREADS), all))
        .containsExactly(LOOP, SOCKET);
    assertThat(HeldRequests.judged(run(Delivery.THREADS, Delivery.LOOP), all))
        .containsExactly(THREADS, SOCKET);
    assertThat(HeldRequests.judged(run(Delivery.THREADS), List.of(THREADS, SOCKET)))
        .containsExactly(THREADS, SOCKET);
    assertThat(HeldRequests.judged(run(), List.of(SOCKET))).containsExactly(SOCKET);
  }

  @Test
  void verdictsOfABrokenRunRestOnOneDeliveryToo() {
    assertThat(HeldRequests.judged(null, List.of(THREADS, LOOP, SOCKET)))
        .containsExactly(LOOP, SOCKET);
    assertThat(HeldRequests.judged(null, List.of(THREADS, SOCKET)))
        .containsExactly(THREADS, SOCKET);
  }

  @Test
  void comparesTheDeliveriesOfEachWorkload() {
    List<HeldRequests> held = HeldRequests.of(Summaries.of(THREADS, SOCKET, LOOP));

    assertThat(held)
        .singleElement()
        .extracting(HeldRequests::transport)
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

    assertThat(HeldRequests.of(Summaries.of(LOOP, other, SOCKET))).isEmpty();
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
    return new Cell(id, transport, clients, 2, null, 1, Cell.PAYLOAD, delivery, repeats);
  }
}
