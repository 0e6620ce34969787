package pushlab.report.judge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static pushlab.report.result.RepeatBuilder.QUIET;
import static pushlab.report.result.Transport.LONG_POLLING;
import static pushlab.report.result.Transport.SERVER_SENT_EVENTS;
import static pushlab.report.result.Transport.SHORT_POLLING;
import static pushlab.report.result.Transport.WEBSOCKET;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pushlab.report.judge.RunQuality.Grade;
import pushlab.report.judge.Verdict.Outcome;
import pushlab.report.result.Cell;
import pushlab.report.result.Network;
import pushlab.report.result.Noise;
import pushlab.report.result.Repeat;
import pushlab.report.result.RepeatBuilder;
import pushlab.report.result.Run;
import pushlab.report.result.Transport;
import pushlab.report.stat.Confidence;
import pushlab.report.stat.Interval;
import pushlab.report.stat.Ratio;
import pushlab.report.text.Phrase;

class VerdictsTest {

  @Test
  void namesTheBestIfNoRepeatsOverlap() {
    Verdict verdict = staleness(cell(LONG_POLLING, 320, 330), cell(WEBSOCKET, 119, 121));

    assertThat(verdict.best()).isEqualTo(WEBSOCKET);
    Ratio ratio = requireNonNull(verdict.ratio());
    assertThat(ratio.value()).isCloseTo(325.0 / 120, within(1e-9));
    Interval interval = requireNonNull(ratio.interval());
    assertThat(interval.low()).isBetween(2.2, 2.65);
    assertThat(interval.low() * interval.high()).isCloseTo(Math.pow(325.0 / 120, 2), within(1e-9));
    assertThat(verdict.cells()).containsExactly("websocket", "long-polling");
    assertThat(verdict.sentence().english())
        .matches(
            "WebSocket is best; Long polling is second, with 2.71 times \\(.* to .*\\) as much");
  }

  @Test
  void comparesOnlyCellsOfOneNetwork() {
    Cell near = cell(WEBSOCKET, 10, 11);
    Cell far = over(new Network("4g", 170, 0, 0.01, null), cell(LONG_POLLING, 90, 91));

    List<Verdict> verdicts = Verdicts.of(Summaries.of(near, far));

    assertThat(verdicts).allMatch(verdict -> verdict.standings().size() < 2);
    assertThat(verdicts)
        .extracting(verdict -> verdict.workload().title())
        .containsOnly("10 clients, 1 update a second", "10 clients, 1 update a second, over 4g");
  }

  @Test
  void isTooCloseToCallIfRepeatsOverlap() {
    Verdict verdict =
        staleness(
            cell(LONG_POLLING, 19, 21), cell(WEBSOCKET, 21, 23), cell(SERVER_SENT_EVENTS, 80, 81));

    assertThat(verdict.outcome()).isEqualTo(Outcome.TOO_CLOSE);
    assertThat(verdict.best()).isNull();
    assertThat(verdict.tooClose()).containsExactly(LONG_POLLING, WEBSOCKET);
    assertThat(verdict.sentence().english())
        .isEqualTo("too close to call: Long polling, WebSocket");
  }

  @Test
  void isTooCloseToCallIfTheRangeOfAThirdReachesTheBest() {
    Verdict verdict =
        staleness(
            cell(LONG_POLLING, 10, 12), cell(WEBSOCKET, 99, 101), cell(SERVER_SENT_EVENTS, 11, 14));

    assertThat(verdict.tooClose()).containsExactly(LONG_POLLING, SERVER_SENT_EVENTS);
  }

  @Test
  void judgesASingleRepeatByTheUsualScatter() {
    assertThat(alone(cell(LONG_POLLING, 500), cell(WEBSOCKET, 5)).best()).isEqualTo(WEBSOCKET);
    assertThat(alone(cell(LONG_POLLING, 500), cell(WEBSOCKET, 5)).confidence())
        .isEqualTo(Confidence.SURE);
    assertThat(alone(cell(LONG_POLLING, 6), cell(WEBSOCKET, 5)).outcome())
        .isEqualTo(Outcome.TOO_CLOSE);
  }

  @Test
  void needsALargerDifferenceWithFewerRepeats() {
    assertThat(staleness(cell(LONG_POLLING, 15, 21), cell(WEBSOCKET, 10, 14)).outcome())
        .isEqualTo(Outcome.TOO_CLOSE);
    assertThat(staleness(cell(LONG_POLLING, 15, 16, 17), cell(WEBSOCKET, 10, 11, 12)).best())
        .isEqualTo(WEBSOCKET);
  }

  @Test
  void rangesThatAlmostTouchAreTooCloseToCall() {
    Verdict verdict = staleness(cell(LONG_POLLING, 15, 15, 19), cell(WEBSOCKET, 10, 14, 14));

    assertThat(verdict.outcome()).isEqualTo(Outcome.TOO_CLOSE);
  }

  /// Three repeats that lie close together by luck are no more than the luck of three.
  @Test
  void usesTheScatterOfRepeatsInAllCells() {
    Cell close = cell(LONG_POLLING, 112, 113, 114);
    Cell best = cell(WEBSOCKET, 98, 99, 100);

    assertThat(staleness(close, best).best()).isEqualTo(WEBSOCKET);
    assertThat(staleness(close, best, cell(SERVER_SENT_EVENTS, 400, 600, 800)).tooClose())
        .containsExactly(WEBSOCKET, LONG_POLLING);
  }

  @Test
  void theScatterOfPollsDoesNotCountForOtherTransports() {
    Cell held = cell(LONG_POLLING, 112, 123, 136);
    Cell pushed = cell(WEBSOCKET, 100, 110, 121);
    var cells = new ArrayList<>(Collections.nCopies(9, cell(SHORT_POLLING, 500, 500, 501)));
    cells.addAll(List.of(held, pushed));

    assertThat(staleness(cells.toArray(Cell[]::new)).tooClose())
        .containsExactly(WEBSOCKET, LONG_POLLING);
  }

  @Test
  void comparesShortPollingWithOthersByTheScatterOfBoth() {
    Cell wild = cell(SHORT_POLLING, 200, 400, 800);

    assertThat(staleness(wild, cell(WEBSOCKET, 200, 201, 202)).outcome())
        .isEqualTo(Outcome.TOO_CLOSE);
    assertThat(staleness(wild, cell(WEBSOCKET, 10, 11, 12)).best()).isEqualTo(WEBSOCKET);
  }

  @Test
  void namesTheLeastSignificantDifference() {
    Cell pushed = scattered(WEBSOCKET, 1_000_000);
    List<Cell> all = Collections.nCopies(40, pushed);
    double ratio =
        Resolution.of(all, Summaries.scatters(all)).stream()
            .filter(resolution -> resolution.measure() == Measure.STALENESS)
            .mapToDouble(Resolution::ratio)
            .findFirst()
            .orElseThrow();

    assertThat(ratio).isBetween(1.02, 1.15);
    assertThat(staleness(pushed, scattered(LONG_POLLING, 1_000_000 * Math.sqrt(ratio))).outcome())
        .isEqualTo(Outcome.TOO_CLOSE);
    assertThat(staleness(pushed, scattered(LONG_POLLING, 1_001_000 * ratio)).best())
        .isEqualTo(WEBSOCKET);
  }

  private static Cell scattered(Transport transport, double middle) {
    return cell(transport, (int) (0.99 * middle), (int) middle, (int) (1.01 * middle));
  }

  @Test
  void anOutlierInAnotherCellChangesNoVerdict() {
    Cell slow = cell(LONG_POLLING, 500, 510, 520);
    Cell held = cell(LONG_POLLING, 150, 152, 155);
    Cell pushed = cell(WEBSOCKET, 98, 99, 100);

    assertThat(staleness(slow, held, pushed, cell(SERVER_SENT_EVENTS, 300, 301, 9000)).best())
        .isEqualTo(WEBSOCKET);
  }

  @Test
  void leavesOutACellWithAFaultAndSaysWhy() {
    var faulty =
        new Cell(
            "x",
            WEBSOCKET,
            10,
            1,
            null,
            1,
            Cell.PAYLOAD,
            null,
            null,
            List.of(repeat(1, 1).errors(3).build()));
    Verdict verdict = staleness(cell(LONG_POLLING, 30, 31), cell(SHORT_POLLING, 90, 91), faulty);

    assertThat(verdict.best()).isEqualTo(LONG_POLLING);
    assertThat(verdict.leftOut())
        .singleElement()
        .satisfies(
            out -> {
              assertThat(out.cell()).isEqualTo("x");
              assertThat(out.why().english()).isEqualTo("3 errors");
            });
    assertThat(verdict.sentence().english()).endsWith("; not compared: WebSocket");
  }

  @Test
  void givesNoVerdictOnASingleCell() {
    assertThat(staleness(cell(WEBSOCKET, 10, 14)).outcome()).isEqualTo(Outcome.NOTHING_TO_COMPARE);
  }

  @Test
  void givesNoRatioToABestOfZero() {
    Verdict verdict = staleness(cell(LONG_POLLING, 30, 34), cell(WEBSOCKET, 0, 0));

    assertThat(verdict.best()).isEqualTo(WEBSOCKET);
    assertThat(verdict.ratio()).isNull();
    assertThat(verdict.sentence().english())
        .contains("WebSocket is best, with none; Long polling is second, with 32.0 ms");
  }

  @Test
  void comparesOnlyCellsOfOneWorkload() {
    var few =
        new Cell(
            "few",
            WEBSOCKET,
            10,
            1,
            null,
            1,
            Cell.PAYLOAD,
            null,
            null,
            List.of(repeat(1, 1).build()));
    var many =
        new Cell(
            "many",
            WEBSOCKET,
            500,
            1,
            null,
            1,
            Cell.PAYLOAD,
            null,
            null,
            List.of(repeat(1, 1).build()));

    assertThat(Verdicts.of(Summaries.of(many, few)))
        .extracting(verdict -> verdict.workload().clients())
        .startsWith(10)
        .endsWith(500)
        .hasSize(2 * Measure.values().length);
  }

  @Test
  void aCellWhoseInstrumentOrMachineWasSaturatedGetsNoVerdict() {
    Noise saturated = new Noise(100, 300, 100, 0.97, 0.0, 0, null, null, null);
    assertThat(unfit(with(0.97, QUIET)))
        .containsExactly("the instrument was the bottleneck: its thread was busy 97 % of the time");
    assertThat(unfit(with(0.2, saturated)))
        .containsExactly("the machine was the bottleneck: its cores were busy 97 % of the time");
    assertThat(unfit(with(0.9, QUIET))).isEmpty();
  }

  @Test
  void aCellOfABusyMachineHasOneCaution() {
    Noise busy = new Noise(100, 200, 100, 0.9, 0.0, 0, null, null, null);
    Noise saturated = new Noise(100, 300, 100, 0.97, 0.0, 0, null, null, null);
    assertThat(cautions(with(0.2, busy)))
        .containsExactly("the cores were busy 90 % of the time: the machine may be the bottleneck");
    assertThat(cautions(with(0.2, saturated))).isEmpty();
  }

  /// Fifty were delivered.
  @Test
  void cautionsAboutAServerThatClosesItsConnections() {
    assertThat(cautions(repeat(1, 1).connections(60L).build()))
        .containsExactly(
            "the server closes its connections: clients opened 1.20 new ones per delivery");
    assertThat(cautions(repeat(1, 1).connections(0L).build())).isEmpty();
    assertThat(cautions(repeat(1, 1).connections(null).build())).isEmpty();
  }

  private static List<String> cautions(Repeat repeat) {
    return english(summary(repeat).cautions().stream().map(Caution::phrase).toList());
  }

  private static List<String> unfit(Repeat repeat) {
    return english(summary(repeat).unfit(Measure.STALENESS));
  }

  private static CellSummary summary(Repeat repeat) {
    return Summaries.of(
            new Cell("x", WEBSOCKET, 10, 1, null, 1, Cell.PAYLOAD, null, null, List.of(repeat)))
        .getFirst();
  }

  @Test
  void aRunThatNothingDisturbedIsGood() {
    assertThat(quality(QUIET, QUIET, QUIET, QUIET))
        .isEqualTo(new RunQuality(Grade.GOOD, List.of()));
  }

  @Test
  void theQualityOfARunFallsWithItsDisturbedRepeats() {
    Noise others = new Noise(100, 100, 100, 0.5, 0.2, 0, null, null, null);
    Noise stolen = new Noise(100, 100, 100, 0.5, 0.0, 0.05, null, null, null);
    Noise slow = new Noise(100, 100, 140, 0.5, 0.0, 0, null, null, null);

    RunQuality usable = quality(QUIET, QUIET, QUIET, others);
    assertThat(usable.grade()).isEqualTo(Grade.USABLE);
    assertThat(english(usable.reasons()))
        .containsExactly(
            "other processes took more than 10 % of the machine’s CPU time in 1 of 4 repeats");
    assertThat(quality(QUIET, QUIET, slow, stolen).grade()).isEqualTo(Grade.NOT_PUBLISHABLE);
    assertThat(english(quality(QUIET, QUIET, slow, stolen).reasons()))
        .containsExactly(
            "the host took more than 2 % of the virtual machine’s CPU time in 1 of 4 repeats",
            "a core was more than 25 % slower than at its best in 1 of 4 repeats");
  }

  /// A mark on the run takes no answer away.
  @Test
  void aDisturbedRunNamesTheBestOfCellsThatAreFarApart() {
    Noise others = new Noise(100, 100, 100, 0.9, 0.5, 0, null, null, null);
    List<Cell> cells =
        Stream.of(cell(LONG_POLLING, 100, 102), cell(WEBSOCKET, 9000, 9100))
            .map(
                cell ->
                    cell.with(
                        cell.repeats().stream()
                            .map(it -> noisy(it.number(), it.delays().stalenessMillis(), others))
                            .toList()))
            .toList();

    assertThat(RunQuality.of(RUN, cells).grade()).isEqualTo(Grade.NOT_PUBLISHABLE);
    assertThat(staleness(cells.toArray(Cell[]::new)).best()).isEqualTo(LONG_POLLING);
  }

  private static List<String> english(List<Phrase> phrases) {
    return phrases.stream().map(Phrase::english).toList();
  }

  private static final Run RUN = GoldenResults.run("cpu", List.of(WEBSOCKET), List.of(10));

  private static RunQuality quality(Noise... each) {
    var repeats = new ArrayList<Repeat>();
    for (Noise noise : each) {
      repeats.add(repeat(repeats.size() + 1, 1).noise(noise).build());
    }
    return RunQuality.of(
        RUN, List.of(new Cell("x", WEBSOCKET, 10, 1, null, 1, Cell.PAYLOAD, null, null, repeats)));
  }

  private static Verdict staleness(Cell... cells) {
    return Verdicts.of(Summaries.of(cells)).stream()
        .filter(verdict -> verdict.measure() == Measure.STALENESS)
        .findFirst()
        .orElseThrow();
  }

  /// The verdict of a run that has no other cells.
  private static Verdict alone(Cell... cells) {
    return Verdicts.of(Summaries.alone(cells)).stream()
        .filter(verdict -> verdict.measure() == Measure.STALENESS)
        .findFirst()
        .orElseThrow();
  }

  private static Repeat noisy(int number, double stalenessMillis, Noise noise) {
    return repeat(number, stalenessMillis).noise(noise).build();
  }

  private static Cell cell(Transport transport, int... stalenessMillis) {
    List<Repeat> repeats =
        IntStream.range(0, stalenessMillis.length)
            .mapToObj(i -> repeat(i + 1, stalenessMillis[i]).build())
            .toList();
    return new Cell(transport.id(), transport, 10, 1, null, 1, Cell.PAYLOAD, null, null, repeats);
  }

  private static Cell over(Network network, Cell cell) {
    return new Cell(
        cell.id(),
        cell.transport(),
        cell.clients(),
        cell.updatesPerSecond(),
        null,
        1,
        Cell.PAYLOAD,
        null,
        network,
        cell.repeats());
  }

  private static Repeat with(double loopShare, Noise noise) {
    return repeat(1, 1).instrument(1, loopShare).noise(noise).build();
  }

  private static RepeatBuilder repeat(int number, double stalenessMillis) {
    return new RepeatBuilder(number).stalenessMillis(stalenessMillis);
  }
}
