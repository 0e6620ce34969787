package pushlab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.report.result.RepeatBuilder.QUIET;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pushlab.report.advice.Advice;
import pushlab.report.advice.Certainty;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.GoldenResults;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Scatters;
import pushlab.report.judge.Verdict;
import pushlab.report.judge.Verdicts;
import pushlab.report.result.Cell;
import pushlab.report.result.Delivery;
import pushlab.report.result.Noise;
import pushlab.report.result.Percentiles;
import pushlab.report.result.Repeat;
import pushlab.report.result.Repeat.Traffic;
import pushlab.report.result.RepeatBuilder;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Run;
import pushlab.report.result.ServerUse;
import pushlab.report.result.Transport;
import pushlab.report.result.Transport.Asking;
import pushlab.report.road.Road;
import pushlab.report.road.Roads;
import pushlab.report.stat.Confidence;

/// The answers of invented runs of the quick plan's size, in which a known law and a known scatter
/// stand behind each value.
class InterimTest {

  private static final Road SIX = Road.of(false, Roads.six());

  private static final List<Transport> FOUR =
      Arrays.stream(Transport.values()).filter(Transport::isStandard).toList();
  private static final Run RUN = GoldenResults.run("cpu", FOUR, List.of(100, 1000));
  private static final Noise BUSY = new Noise(140, 260, 150, 0.99, 0.5, 0, 2.0, null, null);
  private static final double SECONDS = 5;

  /// The true values of one transport.
  private record Truth(double millis, double cpuMicros, double bytes) {

    Truth times(double factor) {
      return new Truth(factor * millis, factor * cpuMicros, factor * bytes);
    }
  }

  private final Random random = new Random(16);
  private double scatter = 0.08;
  private int repeats = 3;
  private Noise noise = QUIET;
  private UnaryOperator<Truth> webSocket = truth -> truth;
  private boolean alike;
  private boolean wild;

  @Test
  void aQuietRunAnswersAllSixQuestions() {
    List<Advice> answers = answers();

    assertThat(answers).extracting(Advice::take).doesNotContainNull();
    assertThat(of(answers, "presence"))
        .extracting(Advice::certainty, Advice::confidence)
        .containsExactly(Certainty.ESTIMATED, Confidence.SURE);
    assertThat(of(answers, "payment").certainty()).isEqualTo(Certainty.ESTIMATED);
    assertThat(of(answers, "payment").take()).isEqualTo(Transport.LONG_POLLING);
    assertThat(of(answers, "proxy").take()).isEqualTo(Transport.LONG_POLLING);
  }

  @Test
  void aBusyRunAnswersAtLeastFourAndContradictsNone() {
    List<Advice> quiet = answers();
    scatter = 0.4;
    noise = BUSY;

    List<Advice> busy = answers();

    assertThat(busy.stream().filter(it -> it.take() != null).count()).isGreaterThanOrEqualTo(4);
    assertAgree(busy, quiet);
  }

  /// Real runs: a quick one beside two busy loops, and the sample, a standard run on a quiet
  // machine.
  @Test
  void aRunBesideTwoBusyLoopsAnswersAllSixQuestionsAsTheSampleDoes() {
    List<Advice> busy = answers("../docs/runs/2026-11-27T20-34-20-quick");

    assertThat(busy).hasSize(6).extracting(Advice::take).doesNotContainNull();
    assertAgree(busy, answers("../docs/sample"));
  }

  private static List<Advice> answers(String run) {
    var folder = new ResultsFolder(Path.of(run));
    return Interim.of(folder.run(), folder.cells(new ArrayList<>()), SIX).answers();
  }

  @Test
  void oneRepeatRulesOutWhatIsAHundredTimesLater() {
    List<Advice> quiet = answers();
    repeats = 1;

    List<Advice> once = answers();

    assertThat(of(once, "proxy"))
        .extracting(Advice::take, Advice::confidence)
        .containsExactly(Transport.LONG_POLLING, Confidence.SURE);
    assertAgree(once, quiet);
  }

  @Test
  void oneWildCellChangesNoAnswer() {
    List<Advice> quiet = answers();
    wild = true;

    assertAgree(answers(), quiet);
  }

  @Test
  void nobodyIsBestWhereAllAreEqual() {
    alike = true;

    List<Cell> cells = cells();
    Scatters scatters = Scatters.of(cells);
    List<Verdict> verdicts =
        Verdicts.of(cells.stream().map(it -> CellSummary.of(it, scatters, null, null)).toList());

    assertThat(verdicts).filteredOn(it -> it.measure() != Measure.REQUESTS).hasSizeGreaterThan(20);
    assertThat(verdicts)
        .filteredOn(it -> it.measure() != Measure.REQUESTS)
        .extracting(Verdict::best)
        .containsOnlyNulls();
  }

  @Test
  void tenPercentMoreRuleNobodyOut() {
    webSocket = truth -> truth.times(1.1);

    assertThat(of(answers(), "presence").take()).isEqualTo(Transport.WEBSOCKET);
  }

  @Test
  void thirtyPercentMoreAreFoundByEnoughRepeats() {
    webSocket = truth -> truth.times(1.3);
    repeats = 8;

    assertThat(of(answers(), "presence").take()).isNotNull().isNotEqualTo(Transport.WEBSOCKET);
  }

  @Test
  void aHundredTimesMoreAreFoundByOneRepeatOfABusyRun() {
    webSocket = truth -> truth.times(100);
    repeats = 1;
    scatter = 0.4;
    noise = BUSY;

    Advice presence = of(answers(), "presence");
    assertThat(presence.take()).isNotNull().isNotEqualTo(Transport.WEBSOCKET);
    assertThat(presence.left()).doesNotContain(Transport.WEBSOCKET);
  }

  @Test
  void aCellThatDecidesNothingMoreIsNotOpen() {
    assertThat(Interim.of(RUN, cells(), SIX).open()).doesNotContain("short-polling-100-2");
  }

  @Test
  void aSecondDeliveryChangesNoAnswer() {
    Run both = GoldenResults.run("cpu", FOUR, List.of(100, 1000), List.of(Delivery.values()));
    List<Cell> first =
        cells().stream()
            .map(cell -> Delivery.concerns(cell.transport()) ? by(Delivery.LOOP, cell) : cell)
            .toList();
    List<Cell> all =
        Stream.concat(
                first.stream(),
                first.stream()
                    .filter(cell -> cell.delivery() != null)
                    .map(cell -> by(Delivery.THREADS, cell)))
            .toList();

    Interim with = Interim.of(both, all, SIX);

    Interim without = Interim.of(both, first, SIX);
    assertThat(with.answers().stream().map(it -> it.line().english()))
        .containsExactlyElementsOf(
            without.answers().stream().map(it -> it.line().english()).toList());
    assertThat(with.open()).isEqualTo(without.open());
  }

  private static Cell by(Delivery delivery, Cell cell) {
    return new Cell(
        cell.id() + "-" + delivery,
        cell.transport(),
        cell.clients(),
        cell.updatesPerSecond(),
        null,
        1,
        Cell.PAYLOAD,
        delivery,
        null,
        cell.repeats());
  }

  /// In each situation, one of the two cannot tell, or each takes what the other does not rule out.
  private static void assertAgree(List<Advice> some, List<Advice> others) {
    for (Advice one : some) {
      Advice other = of(others, one.situation().id());
      if (one.take() != null && other.take() != null) {
        assertThat(possible(one)).as(one.line().english()).contains(other.take());
        assertThat(possible(other)).as(other.line().english()).contains(one.take());
      }
    }
  }

  private static Advice of(List<Advice> answers, String situation) {
    return answers.stream()
        .filter(it -> it.situation().id().equals(situation))
        .findFirst()
        .orElseThrow();
  }

  private static List<Transport> possible(Advice advice) {
    return Stream.concat(Stream.of(advice.take()), advice.left().stream()).toList();
  }

  private List<Advice> answers() {
    return Interim.of(RUN, cells(), SIX).answers();
  }

  private List<Cell> cells() {
    return FOUR.stream()
        .flatMap(
            transport ->
                Stream.of(
                    cell(transport, 100, 2), cell(transport, 100, 20), cell(transport, 1000, 1)))
        .toList();
  }

  private Cell cell(Transport transport, int clients, double rate) {
    boolean polls = transport.asking() == Asking.AT_INTERVALS;
    Long interval = polls ? 970L : null;
    var each = new ArrayList<Repeat>();
    for (int number = 1; number <= repeats; number++) {
      each.add(repeat(number, transport, clients, rate));
    }
    String id = "%s-%d-%.0f".formatted(transport.id(), clients, rate);
    return new Cell(id, transport, clients, rate, interval, 1, Cell.PAYLOAD, null, null, each);
  }

  private Repeat repeat(int number, Transport transport, int clients, double rate) {
    boolean polls = transport.asking() == Asking.AT_INTERVALS;
    Truth truth = truth(transport, clients);
    long updates = Math.round(rate * SECONDS);
    long expected = updates * clients;
    long delivered = polls && !alike && rate > 1 ? expected * 2 / (int) (2 * rate) : expected;
    double millis = scattered(truth.millis);
    if (wild && transport == Transport.SERVER_SENT_EVENTS && clients == 1000) {
      millis *= number == 2 ? 40 : 1;
    }
    long late = Math.round(1000 * millis);
    long wait = polls && !alike ? 960_000 : 0;
    var latency =
        new Percentiles(late + wait / 2, late + wait, 3 * late + wait, 4 * late, 5 * late);
    long requests =
        switch (alike ? Asking.AFTER_EACH_ANSWER : transport.asking()) {
          case AT_INTERVALS -> Math.round(SECONDS / 0.97 * clients);
          case AFTER_EACH_ANSWER -> delivered;
          case ONCE -> 0;
        };
    return new RepeatBuilder(number)
        .seconds(SECONDS)
        .updates(updates)
        .delivered(delivered, expected)
        .latency(latency, latency)
        .stalenessMillis(scattered(late * rate / 1e4 + wait / 1e4))
        .traffic(
            new Traffic(
                requests,
                Math.round(delivered * truth.bytes + requests * 200.0),
                requests * 190,
                delivered * 94))
        .server(
            new ServerUse(
                Math.round(scattered(delivered * truth.cpuMicros)) / 2,
                Math.round(scattered(delivered * truth.cpuMicros)) / 2,
                0L,
                null,
                null,
                null,
                null,
                12 * (1 + 0.02 * random.nextGaussian()),
                3.5,
                180_000L))
        .noise(noise)
        .build();
  }

  private Truth truth(Transport transport, int clients) {
    double herd = clients / 100.0;
    Truth pushed = new Truth(1.5 + herd, 14, 130);
    if (alike) {
      return pushed;
    }
    return switch (transport) {
      case SHORT_POLLING -> new Truth(3, 60, 130);
      case LONG_POLLING -> new Truth(3 + 2 * herd, 32, 130);
      case SERVER_SENT_EVENTS, NDJSON_STREAM -> pushed;
      case WEBSOCKET -> webSocket.apply(pushed);
    };
  }

  private double scattered(double value) {
    return value * Math.exp(scatter * random.nextGaussian());
  }
}
