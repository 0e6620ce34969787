package pushlab.report.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static pushlab.report.result.Transport.LONG_POLLING;
import static pushlab.report.result.Transport.SERVER_SENT_EVENTS;
import static pushlab.report.result.Transport.SHORT_POLLING;
import static pushlab.report.result.Transport.WEBSOCKET;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pushlab.report.judge.IdleSummary;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Workload;
import pushlab.report.model.ModelFit.HeldOut;
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
  void estimatesTheCellsThatItWasFittedTo() {
    Model model = model(cell(WEBSOCKET, 100, 2, NOTHING), cell(WEBSOCKET, 1000, 20, NOTHING));

    assertThat(estimate(model, WEBSOCKET, 100, 2, Measure.DELIVERY_MEDIAN).value())
        .isCloseTo(2000 + 15 * 100, withinPercentage(10));
    assertThat(estimate(model, WEBSOCKET, 1000, 20, Measure.DELIVERY_P99).value())
        .isCloseTo(6000 + 45 * 1000, withinPercentage(10));
    assertThat(estimate(model, WEBSOCKET, 1000, 20, Measure.SERVER_CPU).value())
        .isCloseTo(40 + 3000 / 1000, withinPercentage(10));
    assertThat(estimate(model, WEBSOCKET, 1000, 20, Measure.BYTES).value())
        .isCloseTo(20 + 80 + PAYLOAD, withinPercentage(1));
    assertThat(estimate(model, WEBSOCKET, 500, 5, Measure.MEMORY).value())
        .isCloseTo(20, withinPercentage(1));
    assertThat(estimate(model, WEBSOCKET, 500, 5, Measure.REQUESTS))
        .isEqualTo(new Estimate(0, 1, List.of("websocket-100-2.0", "websocket-1000-20.0")));
  }

  @Test
  void aLongerStatusAddsItsBytes() {
    Model model = model(cell(WEBSOCKET, 100, 2, NOTHING));
    var workload = new Workload(100, 2, 1, Cell.PAYLOAD + 100);

    assertThat(model.estimate(WEBSOCKET, workload, Measure.BYTES).orElseThrow().value())
        .isCloseTo(20 + 80 + PAYLOAD + 100, withinPercentage(1));
  }

  @Test
  void oneCellBorrowsWhatIsUsual() {
    Model model = model(cell(WEBSOCKET, 100, 2, NOTHING));

    for (Measure measure : Measure.values()) {
      assertThat(model.estimate(WEBSOCKET, new Workload(1000, 1, 1, Cell.PAYLOAD), measure))
          .as(measure.id())
          .hasValueSatisfying(it -> assertThat(it.value()).isNotNegative().isFinite());
    }
    assertThat(model.calibration().values()).allMatch(held -> held.cells() == 0);
  }

  @Test
  void isLessSureFartherFromItsCells() {
    Model model =
        model(
            cell(WEBSOCKET, 100, 2, NOTHING),
            cell(WEBSOCKET, 100, 20, NOTHING),
            cell(WEBSOCKET, 1000, 2, NOTHING));

    for (Measure measure : List.of(Measure.DELIVERY_MEDIAN, Measure.SERVER_CPU)) {
      assertThat(estimate(model, WEBSOCKET, 10, 0.2, measure).factor())
          .as(measure.id())
          .isGreaterThan(estimate(model, WEBSOCKET, 300, 5, measure).factor());
    }
  }

  @Test
  void aRunThatScattersMoreThanUsualHasWiderBounds() {
    Model quiet = model(herd(0, 0, 0, 0));
    Model busy = model(herd(-0.5, 0.9, -0.4, 1));

    assertThat(estimate(busy, WEBSOCKET, 300, 5, Measure.SERVER_CPU).factor())
        .isGreaterThan(1.3 * estimate(quiet, WEBSOCKET, 300, 5, Measure.SERVER_CPU).factor());
    assertThat(quiet.calibration().get(ModelQuantity.SERVER_CPU)).isEqualTo(new HeldOut(4, 4));
  }

  /// Runs of three cells a transport whose repeats scatter by known noise about a known law.
  @Test
  void nineOfTenCellsOfAKnownLawAreInside() {
    var random = new Random(37);
    int inside = 0;
    int held = 0;
    for (int run = 0; run < 40; run++) {
      var cells = new ArrayList<Cell>();
      for (Transport transport : List.of(LONG_POLLING, SERVER_SENT_EVENTS, WEBSOCKET)) {
        cells.add(noisy(transport, 100, 2, random));
        cells.add(noisy(transport, 100, 20, random));
        cells.add(noisy(transport, 1000, 1, random));
      }
      Model model = model(cells.toArray(Cell[]::new));
      for (Cell cell :
          List.of(
              noisy(LONG_POLLING, 300, 5, random),
              noisy(SERVER_SENT_EVENTS, 1000, 20, random),
              noisy(WEBSOCKET, 2000, 1, random),
              noisy(WEBSOCKET, 10, 2, random))) {
        for (Measure measure :
            List.of(Measure.DELIVERY_MEDIAN, Measure.DELIVERY_P99, Measure.SERVER_CPU)) {
          double measured = requireNonNull(measure.of(cell.repeats()));
          held++;
          inside += model.estimate(cell, measure).orElseThrow().holds(measured) ? 1 : 0;
        }
      }
    }
    assertThat((double) inside / held).isBetween(0.9, 0.999);
  }

  @Test
  void takesHalfAnIntervalFromShortPollingsDeliveryTime() {
    Model model = model(cell(SHORT_POLLING, 100, 2, NOTHING));

    assertThat(estimate(model, SHORT_POLLING, 100, 0.2, Measure.DELIVERY_MEDIAN).value())
        .isCloseTo(500_000, withinPercentage(2));
    assertThat(estimate(model, SHORT_POLLING, 100, 0.2, Measure.STALENESS).value())
        .isCloseTo(Staleness.of(0, INTERVAL, 5000), withinPercentage(1));
    assertThat(estimate(model, SHORT_POLLING, 100, 0.2, Measure.REQUESTS).value())
        .isCloseTo(5, withinPercentage(1));
    assertThat(estimate(model, SHORT_POLLING, 100, 20, Measure.REQUESTS).value())
        .isCloseTo(1, withinPercentage(1));
  }

  @Test
  void aLongPollThatMeetsNoUpdateIsOneMoreRequest() {
    Model model = model(cell(LONG_POLLING, 100, 2, NOTHING));

    assertThat(estimate(model, LONG_POLLING, 100, 2, Measure.REQUESTS).value())
        .isCloseTo(1, withinPercentage(1));
    assertThat(estimate(model, LONG_POLLING, 100, 0.02, Measure.REQUESTS).value())
        .isCloseTo(1 + 1 / Math.expm1(0.02 * 25 * 31 / 32), withinPercentage(1));
  }

  @Test
  void severalTasksShareTheUpdatesAndTheClients() {
    Model model = model(cell(WEBSOCKET, 100, 2, NOTHING), cell(WEBSOCKET, 1000, 2, NOTHING));
    Estimate one = estimate(model, WEBSOCKET, 100, 2, Measure.DELIVERY_P99);
    Estimate ofTen =
        model
            .estimate(WEBSOCKET, new Workload(1000, 20, 10, Cell.PAYLOAD), Measure.DELIVERY_P99)
            .orElseThrow();

    assertThat(ofTen.value()).isCloseTo(one.value(), withinPercentage(1));
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

    ModelFit push = model.transports().getLast().fit(ModelQuantity.SERVER_CPU).orElseThrow();
    ModelFit poll = model.transports().getFirst().fit(ModelQuantity.SERVER_CPU).orElseThrow();
    assertThat(push.besides()).containsEntry(ModelTerm.CONNECTION, 10.0);
    assertThat(poll.coefficients()).containsEntry(ModelTerm.EMPTY_ANSWER, 30.0);
    assertThat(push.assumed()).isEmpty();
    assertThat(poll.assumed()).isEmpty();
    assertThat(fit(model(cells.toArray(Cell[]::new)), ModelQuantity.SERVER_CPU).assumed())
        .containsExactly(ModelTerm.EMPTY_ANSWER);
  }

  @Test
  void estimatesNoDelayForMoreWorkThanTheCoresCanDo() {
    Model model = Model.of(run(), List.of(cell(WEBSOCKET, 1000, 20, NOTHING)), List.of());

    assertThat(model.estimate(WEBSOCKET, new Workload(1000, 20, 1, 24), Measure.DELIVERY_MEDIAN))
        .isPresent();
    assertThat(model.estimate(WEBSOCKET, new Workload(10_000, 20, 1, 24), Measure.DELIVERY_MEDIAN))
        .isEmpty();
    assertThat(model.estimate(WEBSOCKET, new Workload(10_000, 20, 1, 24), Measure.SERVER_CPU))
        .isPresent();
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
            List.of(),
            List.of(),
            0,
            SECONDS,
            1,
            0,
            1,
            null),
        new Run.Machine("Linux", "CPU", 2, 1024, "25", List.of()),
        true,
        List.of(),
        List.of(),
        null,
        List.of());
  }

  @Test
  void aHeldOutCellIsPredictedFromTheOthers() {
    Cell held = cell(WEBSOCKET, 300, 5, NOTHING);
    List<Cell> cells = List.of(cell(WEBSOCKET, 100, 2, 0), cell(WEBSOCKET, 1000, 2, 0), held);
    Model model = Model.of(run().holdOut(List.of(new Run.HeldOut(300, 5))), cells, List.of());

    assertThat(model.transports().getFirst().cells()).hasSize(2).doesNotContain(held.id());
    assertThat(model.predictions()).hasSize(Measure.values().length);
    assertThat(model.predictions()).allMatch(it -> it.cell().equals(held.id()));
    assertThat(model.predictions())
        .filteredOn(it -> it.measure() == Measure.DELIVERY_P99)
        .allMatch(it -> it.inside() && it.measured() == 6000 + 45 * 300);
    assertThat(Model.of(run(), cells, List.of()).predictions()).isEmpty();
  }

  @Test
  void leavesOutCellsWithoutAVerdict() {
    Cell good = cell(WEBSOCKET, 100, 2, NOTHING);
    Cell faulty = with(cell(WEBSOCKET, 1000, 2, NOTHING), 3);

    assertThat(model(good, faulty).transports().getFirst().cells()).containsExactly(good.id());
    assertThat(Model.of(null, List.of(faulty), List.of()).transports()).isEmpty();
    assertThat(Model.of(null, List.of(), List.of()).transports()).isEmpty();
  }

  @Test
  void doesNotKnowWhatWasNotMeasured() {
    Cell cell = cell(WEBSOCKET, 100, 2, NOTHING);
    var unknown = new ServerUse(null, null, null, null, null, null, null, null, null, null);
    Cell remote =
        repeats(
            cell, cell.repeats().stream().map(it -> copy(it, unknown, 0)).toArray(Repeat[]::new));

    Model model = model(remote);
    assertThat(model.estimate(WEBSOCKET, new Workload(100, 2, 1, 24), Measure.SERVER_CPU))
        .isEmpty();
    assertThat(model.estimate(WEBSOCKET, new Workload(100, 2, 1, 24), Measure.MEMORY)).isEmpty();
    assertThat(model.estimate(SHORT_POLLING, new Workload(100, 2, 1, 24), Measure.BYTES)).isEmpty();
  }

  @Test
  void fitsNoNegativeCoefficient() {
    var falling = new ModelEquations(2);
    IntStream.of(1, 2, 3).forEach(x -> falling.add(new double[] {1, x}, 10 - 2.0 * x, 1));

    assertThat(falling.solve()).containsExactly(new double[] {6, 0}, within(1e-9));
  }

  @Test
  void aSecondOfDelayWithAnUpdateEveryTwoIsAQuarterOfASecondOfStaleness() {
    assertThat(Staleness.of(1, 1, 2)).isCloseTo(0.25, within(1e-9));
    assertThat(Staleness.of(3, 3, 2)).isCloseTo(2, within(1e-9));
    assertThat(Staleness.of(0, 2, 2)).isCloseTo(2 / 6.0, within(1e-9));
    assertThat(Staleness.lateness(0.25, 2)).isCloseTo(1, within(1e-9));
    assertThat(Staleness.lateness(2, 2)).isCloseTo(3, within(1e-9));
  }

  private static Model model(Cell... cells) {
    return Model.of(null, List.of(cells), List.of());
  }

  private static ModelFit fit(Model model, ModelQuantity quantity) {
    return model.transports().getFirst().fit(quantity).orElseThrow();
  }

  private static Estimate estimate(
      Model model, Transport transport, int clients, double rate, Measure measure) {
    return model
        .estimate(transport, new Workload(clients, rate, 1, Cell.PAYLOAD), measure)
        .orElseThrow();
  }

  /// A cell of two repeats, each of which is a fifth off.
  private static Cell noisy(Transport transport, int clients, double rate, Random random) {
    return cell(
        transport,
        clients,
        rate,
        Math.expm1(0.2 * random.nextGaussian()),
        Math.expm1(0.2 * random.nextGaussian()));
  }

  /// Four cells of one transport, each with a deviation.
  private static Cell[] herd(double... deviations) {
    return new Cell[] {
      cell(WEBSOCKET, 100, 2, deviations[0]),
      cell(WEBSOCKET, 100, 20, deviations[1]),
      cell(WEBSOCKET, 1000, 2, deviations[2]),
      cell(WEBSOCKET, 1000, 20, deviations[3])
    };
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
        null,
        null,
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

  private static Cell repeats(Cell cell, Repeat... repeats) {
    return new Cell(
        cell.id(),
        cell.transport(),
        cell.clients(),
        cell.updatesPerSecond(),
        cell.pollIntervalMillis(),
        1,
        Cell.PAYLOAD,
        null,
        null,
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
