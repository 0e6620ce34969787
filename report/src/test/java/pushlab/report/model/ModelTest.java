package pushlab.report.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static pushlab.report.result.Transport.LONG_POLLING;
import static pushlab.report.result.Transport.SHORT_POLLING;
import static pushlab.report.result.Transport.WEBSOCKET;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pushlab.report.judge.IdleSummary;
import pushlab.report.model.ModelFit.Needs;
import pushlab.report.result.Cell;
import pushlab.report.result.Idle;
import pushlab.report.result.Percentiles;
import pushlab.report.result.Repeat;
import pushlab.report.result.Repeat.Traffic;
import pushlab.report.result.RepeatBuilder;
import pushlab.report.result.Run;
import pushlab.report.result.ServerUse;
import pushlab.report.result.Transport;

/// Cells whose numbers come from known coefficients, and what the model makes of them.
class ModelTest {

  private static final int SECONDS = 10;
  private static final long INTERVAL = 1000;
  private static final int PAYLOAD = 100;

  /// What a repeat deviates from the coefficients by, as a share.
  private static final double NOTHING = 0;

  @Test
  void findsTheCoefficientsOfTheCells() {
    ModelOfTransport model =
        only(cell(WEBSOCKET, 100, 2, NOTHING), cell(WEBSOCKET, 1000, 20, NOTHING));

    assertThat(coefficients(model, ModelQuantity.DELIVERY_MEDIAN)).containsExactly(2000, 15);
    assertThat(coefficients(model, ModelQuantity.DELIVERY_P99)).containsExactly(6000, 45);
    assertThat(coefficients(model, ModelQuantity.SERVER_CPU)).containsExactly(40, 3000);
    assertThat(coefficients(model, ModelQuantity.BYTES_OUT)).containsExactly(20);
    assertThat(coefficients(model, ModelQuantity.MEMORY)).containsExactly(24);
    assertThat(model.quantities().values()).allMatch(fit -> fit.needs() == null);
    assertThat(model.fit(ModelQuantity.SERVER_CPU).worst()).isCloseTo(0, within(0.01));
    assertThat(model.clients()).isEqualTo(new ModelOfTransport.Range(100, 1000));
    assertThat(model.updatesPerSecond()).isEqualTo(new ModelOfTransport.Range(2, 20));
  }

  @Test
  void givesTheDistanceOfTheRepeatsFromIt() {
    ModelFit fit =
        only(cell(WEBSOCKET, 100, 20, -0.1, 0.1), cell(WEBSOCKET, 1000, 20, -0.1, 0.1))
            .fit(ModelQuantity.SERVER_CPU);

    assertThat(fit.within()).isCloseTo(0.1, within(0.03));
    assertThat(fit.worst()).isGreaterThanOrEqualTo(fit.within());
    assertThat(fit.repeats()).isEqualTo(4);
  }

  @Test
  void predictsEachCellFromTheOthersOnly() {
    Cell odd = cell(WEBSOCKET, 300, 20, 0.5, 0.5);
    ModelFit fit =
        only(cell(WEBSOCKET, 100, 20, NOTHING), odd, cell(WEBSOCKET, 1000, 20, NOTHING))
            .fit(ModelQuantity.BYTES_IN);

    assertThat(fit.leftOut()).isGreaterThanOrEqualTo(fit.within());
  }

  @Test
  void ignoresDistancesBelowTheResolutionOfTheClocks() {
    Cell tiny = cell(WEBSOCKET, 10, 0.2, 5, 5);
    ModelFit fit =
        only(
                tiny,
                cell(WEBSOCKET, 100, 20, NOTHING, NOTHING),
                cell(WEBSOCKET, 300, 20, NOTHING, NOTHING),
                cell(WEBSOCKET, 1000, 20, NOTHING, NOTHING))
            .fit(ModelQuantity.SERVER_CPU);

    assertThat(fit.repeats()).isEqualTo(8);
    assertThat(fit.worst()).isLessThan(0.3);
    assertThat(fit.leftOut()).isLessThan(0.3);
  }

  @Test
  void takesHalfAnIntervalFromShortPollingsDeliveryTime() {
    ModelOfTransport model =
        only(cell(SHORT_POLLING, 100, 2, NOTHING), cell(SHORT_POLLING, 1000, 2, NOTHING));

    assertThat(coefficients(model, ModelQuantity.DELIVERY_MEDIAN)).containsExactly(2000, 15);
    assertThat(model.fit(ModelQuantity.STALENESS).coefficients()).isEmpty();
    assertThat(model.pollIntervalMillis()).isEqualTo(new ModelOfTransport.Range(1000, 1000));
  }

  @Test
  void findsTheCostOfAnEmptyAnswerFromCellsWithFewUpdates() {
    ModelOfTransport model =
        only(
            cell(SHORT_POLLING, 100, 0.2, NOTHING),
            cell(SHORT_POLLING, 100, 2, NOTHING),
            cell(SHORT_POLLING, 1000, 0.5, NOTHING));

    assertThat(coefficients(model, ModelQuantity.SERVER_CPU)).containsExactly(40, 25, 3000);
  }

  @Test
  void takesTheCostOfWaitingFromAnIdleServer() {
    List<Cell> cells =
        List.of(
            cell(WEBSOCKET, 100, 20, NOTHING),
            cell(WEBSOCKET, 1000, 20, NOTHING),
            cell(LONG_POLLING, 100, 20, NOTHING),
            cell(LONG_POLLING, 1000, 20, NOTHING));
    Model model =
        Model.of(null, cells, List.of(idle(WEBSOCKET, 0, 100_000), idle(LONG_POLLING, 200, 6000)));

    ModelFit push = model.transports().getLast().fit(ModelQuantity.SERVER_CPU);
    ModelFit poll = model.transports().getFirst().fit(ModelQuantity.SERVER_CPU);
    assertThat(push.coefficients()).containsEntry("connectionSecond", 10.0);
    assertThat(poll.coefficients()).containsEntry("emptyAnswer", 30.0);
  }

  @Test
  void takesTheHoldFromTheRunAndIs25SecondsIfTheRunDoesNotKnowIt() {
    Run run = run();

    assertThat(Model.of(null, List.of(), List.of()).holdSeconds()).isEqualTo(25 * 31 / 32.0);
    assertThat(Model.of(run, List.of(), List.of()).holdSeconds()).isEqualTo(25 * 31 / 32.0);
    assertThat(Model.of(run.with(Duration.ofSeconds(8)), List.of(), List.of()).holdSeconds())
        .isEqualTo(8 * 31 / 32.0);
  }

  private static Run run() {
    return new Run(
        "run",
        Instant.EPOCH,
        "./lab compare",
        null,
        null,
        new Run.Plan(
            "own",
            List.of(WEBSOCKET),
            List.of(10),
            List.of(2.0),
            List.of(INTERVAL),
            List.of(1),
            List.of(PAYLOAD),
            0,
            SECONDS,
            1,
            0,
            1),
        new Run.Machine("Linux", "CPU", 2, 1024, "25", List.of()),
        true,
        List.of(),
        List.of(),
        null);
  }

  @Test
  void leavesOutCellsWithoutAVerdict() {
    Cell good = cell(WEBSOCKET, 100, 2, NOTHING);
    Cell faulty = with(cell(WEBSOCKET, 1000, 2, NOTHING), 3);

    ModelOfTransport model = only(good, faulty);
    assertThat(model.cells()).containsExactly(good.id());
    assertThat(Model.of(null, List.of(faulty), List.of()).transports()).isEmpty();
    assertThat(Model.of(null, List.of(), List.of()).transports()).isEmpty();
  }

  @Test
  void doesNotFitAHerdToOneNumberOfClients() {
    ModelOfTransport model =
        only(cell(WEBSOCKET, 100, 2, NOTHING), cell(WEBSOCKET, 100, 20, NOTHING));

    assertThat(model.quantities())
        .extractingByKeys(ModelQuantity.DELIVERY_MEDIAN, ModelQuantity.STALENESS)
        .extracting(ModelFit::needs)
        .containsOnly(Needs.CLIENT_NUMBERS);
    assertThat(coefficients(model, ModelQuantity.SERVER_CPU)).containsExactly(40 + 3000 / 100);
  }

  @Test
  void givesNoErrorIfThereAreAsManyCoefficientsAsRepeats() {
    Cell one = once(cell(WEBSOCKET, 100, 2, NOTHING));

    assertThat(only(one, once(cell(WEBSOCKET, 1000, 2, NOTHING))).quantities())
        .extractingByKey(ModelQuantity.DELIVERY_MEDIAN)
        .extracting(ModelFit::needs)
        .isEqualTo(Needs.REPEATS);
    assertThat(only(one).quantities())
        .extractingByKey(ModelQuantity.SERVER_CPU)
        .isEqualTo(new ModelFit(Needs.REPEATS, Map.of(), null, null, null, 0));
  }

  @Test
  void doesNotKnowWhatWasNotMeasured() {
    Cell cell = cell(WEBSOCKET, 100, 2, NOTHING);
    var unknown = new ServerUse(null, null, null, null, null, null, null, null, null, null);
    Cell remote =
        repeats(
            cell, cell.repeats().stream().map(it -> copy(it, unknown, 0)).toArray(Repeat[]::new));

    assertThat(only(remote).quantities())
        .extractingByKeys(ModelQuantity.SERVER_CPU, ModelQuantity.MEMORY)
        .extracting(ModelFit::needs)
        .containsOnly(Needs.MEASUREMENT);
  }

  @Test
  void fitsNoNegativeCoefficient() {
    List<ModelSample> falling =
        IntStream.of(1, 2, 3)
            .mapToObj(x -> new ModelSample("x", List.of(1.0, (double) x), 0, 10 - 2.0 * x, 1, 0))
            .toList();

    assertThat(ModelSolver.solve(falling, 2).orElseThrow())
        .containsExactly(new double[] {6, 0}, within(1e-9));
  }

  @Test
  void aSecondOfDelayWithAnUpdateEveryTwoIsAQuarterOfASecondOfStaleness() {
    assertThat(Staleness.of(1, 1, 2)).isCloseTo(0.25, within(1e-9));
    assertThat(Staleness.of(3, 3, 2)).isCloseTo(2, within(1e-9));
    assertThat(Staleness.of(0, 2, 2)).isCloseTo(2 / 6.0, within(1e-9));
  }

  private static ModelOfTransport only(Cell... cells) {
    return Model.of(null, List.of(cells), List.of()).transports().getFirst();
  }

  private static List<Integer> coefficients(ModelOfTransport model, ModelQuantity quantity) {
    return model.fit(quantity).coefficients().values().stream()
        .map(value -> (int) Math.round(value))
        .toList();
  }

  /// A cell of two repeats, or of one for each deviation.
  private static Cell cell(Transport transport, int clients, double rate, double... deviations) {
    double[] each =
        deviations.length == 1 ? new double[] {deviations[0], deviations[0]} : deviations;
    List<Repeat> repeats =
        IntStream.range(0, each.length)
            .mapToObj(i -> repeat(i + 1, transport, clients, rate, 1 + each[i]))
            .toList();
    return new Cell(
        "%s-%d-%s".formatted(transport.id(), clients, rate),
        transport,
        clients,
        rate,
        transport == SHORT_POLLING ? INTERVAL : null,
        1,
        Cell.PAYLOAD,
        repeats);
  }

  private static Repeat repeat(
      int number, Transport transport, int clients, double rate, double factor) {
    long updates = Math.round(rate * SECONDS);
    boolean polls = transport == SHORT_POLLING;
    long polled = polls ? (long) SECONDS * clients : 0;
    long delivered = polls ? Math.min(polled, updates * clients) : updates * clients;
    long empty = polls ? polled - delivered : 0;
    long cpu = Math.round(factor * (40 * delivered + 25 * empty + 3000 * updates));
    Percentiles latency =
        new Percentiles(
            micros(2000 + 15 * clients, polls ? 500_000 : 0, factor),
            0,
            micros(6000 + 45 * clients, polls ? 990_000 : 0, factor),
            0,
            0);
    return new RepeatBuilder(number)
        .seconds(SECONDS)
        .updates(updates)
        .delivered(delivered, updates * clients)
        .latency(latency, latency)
        .traffic(
            new Traffic(
                polls ? polled : transport == LONG_POLLING ? delivered : 0,
                (20 + PAYLOAD) * delivered,
                Math.round(factor * 80 * delivered),
                PAYLOAD * delivered))
        .server(new ServerUse(cpu / 2, cpu - cpu / 2, 0L, null, null, null, null, 20.0, 4.0, null))
        .build();
  }

  private static long micros(double fitted, double waited, double factor) {
    return Math.round(waited + factor * fitted);
  }

  private static Cell with(Cell cell, long errors) {
    return repeats(
        cell,
        cell.repeats().stream().map(it -> copy(it, it.server(), errors)).toArray(Repeat[]::new));
  }

  private static Cell once(Cell cell) {
    return repeats(cell, cell.repeats().getFirst());
  }

  private static Cell repeats(Cell cell, Repeat... repeats) {
    return new Cell(
        cell.id(),
        cell.transport(),
        cell.clients(),
        cell.updatesPerSecond(),
        cell.pollIntervalMillis(),
        1,
        Cell.PAYLOAD,
        Arrays.asList(repeats));
  }

  private static Repeat copy(Repeat it, ServerUse use, long errors) {
    return new RepeatBuilder(it).server(use).errors(errors).build();
  }

  private static IdleSummary idle(Transport transport, long requests, long cpuMicros) {
    return IdleSummary.of(
        new Idle(transport.id(), transport, 100, null, 100, requests, 0, 0, cpuMicros, 0.0, 0, 0));
  }
}
