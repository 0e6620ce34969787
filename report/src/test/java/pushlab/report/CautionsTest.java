package pushlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Summaries;
import pushlab.report.result.Cell;
import pushlab.report.result.Noise;
import pushlab.report.result.RepeatBuilder;
import pushlab.report.result.ServerUse;
import pushlab.report.result.Transport;
import pushlab.report.text.Phrase;

class CautionsTest {

  @Test
  void whatHoldsForEveryCellIsSaidOnceWithItsRange() {
    List<CellSummary> cells =
        Summaries.of(cell(Transport.LONG_POLLING, 12, 0.3), cell(Transport.WEBSOCKET, 25, 0.3));
    Cautions cautions = Cautions.of(cells);

    assertThat(english(cautions.ofAll()))
        .singleElement()
        .asString()
        .contains("took 12 to 25 % of the server");
    assertThat(cautions.among(cells)).isEmpty();
    assertThat(cautions.of(cells.getFirst())).isEmpty();
  }

  @Test
  void whatHoldsForSomeCellsIsSaidOnceWithTheirNames() {
    List<CellSummary> cells =
        Summaries.of(
            cell(Transport.LONG_POLLING, 1, 0.85),
            cell(Transport.SERVER_SENT_EVENTS, 1, 0.3),
            cell(Transport.WEBSOCKET, 1, 0.9));
    Cautions cautions = Cautions.of(cells);

    assertThat(cautions.ofAll()).isEmpty();
    assertThat(english(cautions.among(cells)))
        .containsExactly(
            "Caution with Long polling, WebSocket: the cores were busy 85 to 90 % of the time:"
                + " the machine may be the bottleneck");
    assertThat(english(cautions.of(cells.getLast())))
        .containsExactly("the cores were busy 90 % of the time: the machine may be the bottleneck");
  }

  @Test
  void aCellAloneKeepsItsCautions() {
    List<CellSummary> cells = Summaries.of(cell(Transport.LONG_POLLING, 12, 0.3));

    assertThat(Cautions.of(cells).ofAll()).isEmpty();
    assertThat(Cautions.of(cells).among(cells)).hasSize(1);
  }

  private static Cell cell(Transport transport, long compiledPercent, double busyShare) {
    return new Cell(
        transport.id(),
        transport,
        10,
        1,
        null,
        1,
        Cell.PAYLOAD,
        null,
        null,
        List.of(
            new RepeatBuilder(1)
                .server(
                    new ServerUse(
                        100L, 0L, compiledPercent, null, null, null, null, null, null, null))
                .noise(new Noise(100, 100, 100, busyShare, 0.0, 0, null, null, null))
                .build()));
  }

  private static List<String> english(List<Phrase> phrases) {
    return phrases.stream().map(Phrase::english).toList();
  }
}
