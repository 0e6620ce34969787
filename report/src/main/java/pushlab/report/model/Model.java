package pushlab.report.model;

import static java.util.Objects.requireNonNullElse;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.Fitness;
import pushlab.report.judge.IdleSummary;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Workload;
import pushlab.report.model.ModelOfTransport.Range;
import pushlab.report.result.Cell;
import pushlab.report.result.Run;
import pushlab.report.result.Transport;
import pushlab.report.result.Transport.Asking;

/// Estimates the cost of a workload that was not measured: for each transport, the shape that
/// theory gives, with a few coefficients fitted to the cells of a run. Cells without a verdict
/// are left out. `calculator.js` computes the same; docs/method.md explains each coefficient.
///
/// @param holdSeconds how long a long poll is held on average if there is no update
/// @param pollIntervalMillis of short polling in the plan; null if it is unknown
/// @param freeCores the cores that other processes left to server and instrument; null if the run
///     does not say
/// @param transports those with at least one fit cell
/// @param calibration how well cells of this run were predicted from the others, by quantity
/// @param predictions of the cells that the run held out
public record Model(
    double holdSeconds,
    @Nullable Long pollIntervalMillis,
    @Nullable Double freeCores,
    List<ModelOfTransport> transports,
    Map<ModelQuantity, ModelFit.HeldOut> calibration,
    List<ModelPrediction> predictions) {

  /// The hold of a server that does not say it, in seconds.
  private static final long USUAL_HOLD = 25;

  /// The server shortens each hold by up to a sixteenth at random, so that a herd spreads out.
  private static final double MEAN_SHARE = 1 - 1.0 / 32;

  /// A wider bound tells nothing.
  private static final double MOST_FACTOR = 100;

  public static Model of(@Nullable Run run, List<Cell> cells, List<IdleSummary> idle) {
    int shortest = cells.stream().mapToInt(Cell::payload).min().orElse(0);
    double hold =
        MEAN_SHARE
            * (run == null ? USUAL_HOLD : requireNonNullElse(run.pollHoldSeconds(), USUAL_HOLD));
    var fit = new EnumMap<Transport, List<Cell>>(Transport.class);
    for (Transport transport : Transport.values()) {
      List<Cell> own =
          cells.stream()
              .filter(cell -> cell.transport() == transport && isFit(cell, shortest))
              .filter(cell -> !isHeldOut(run, cell))
              .toList();
      if (!own.isEmpty()) {
        fit.put(transport, own);
      }
    }
    var calibrated = new ModelCalibration(fit, idle, hold);
    var model =
        new Model(
            hold,
            run == null ? null : run.plan().pollIntervalsMillis().stream().findFirst().orElse(null),
            run == null ? null : Double.valueOf(run.machine().logicalCores() * freeShare(cells)),
            fit.entrySet().stream()
                .map(
                    it ->
                        ModelOfTransport.of(
                            it.getValue(),
                            networked(cells, it.getKey(), shortest),
                            calibrated.of(it.getKey())))
                .toList(),
            calibrated.heldOut(),
            List.of());
    return model.with(
        cells.stream()
            .filter(cell -> isHeldOut(run, cell) && isFit(cell, shortest))
            .flatMap(cell -> ModelPrediction.of(model, cell).stream())
            .toList());
  }

  private Model with(List<ModelPrediction> predicted) {
    return new Model(
        holdSeconds, pollIntervalMillis, freeCores, transports, calibration, predicted);
  }

  private static boolean isHeldOut(@Nullable Run run, Cell cell) {
    return run != null && run.heldOut().stream().anyMatch(it -> it.is(cell));
  }

  /// The model covers loopback, one task and the shortest status of the run.
  private static boolean isFit(Cell cell, int shortest) {
    return cell.network() == null && isClear(cell, shortest);
  }

  private static List<Cell> networked(List<Cell> cells, Transport transport, int shortest) {
    return cells.stream()
        .filter(cell -> cell.transport() == transport && isClear(cell, shortest))
        .toList();
  }

  private static boolean isClear(Cell cell, int shortest) {
    return cell.tasks() == 1 && cell.payload() == shortest && Fitness.unfit(cell).isEmpty();
  }

  /// The mean share of the cores that was not used by other processes.
  private static double freeShare(List<Cell> cells) {
    return 1
        - cells.stream()
            .flatMap(cell -> cell.repeats().stream())
            .mapToDouble(it -> requireNonNullElse(it.noise().otherShare(), 0.0))
            .average()
            .orElse(0);
  }

  /// What `measure` would be for a workload, in the unit of the measure. The model knows loopback;
  /// for another network theory adds a part to delays, which was fitted to cells if there are any.
  ///
  /// @return empty if no cell of this transport measured it, or if the bounds are a factor of 100
  ///     apart from it, since the cells contradict the model; and for delays if server and
  ///     instrument would need more than the free cores
  public Optional<Estimate> estimate(Transport transport, Workload workload, Measure measure) {
    return of(transport)
        .flatMap(
            it ->
                estimate(it, load(it, workload), workload.payload(), measure)
                    .flatMap(
                        near ->
                            addedMicros(transport, interval(it), workload, measure)
                                .map(near::plus)));
  }

  /// What the network of `workload` adds to a delay over loopback: theory's part, times the
  /// coefficient that was fitted to cells of `transport`.
  ///
  /// @param pollIntervalMillis of short polling; null for every other transport
  /// @return 0 for a measure that is no delay; empty if theory does not tell
  public Optional<Double> addedMicros(
      Transport transport, @Nullable Long pollIntervalMillis, Workload workload, Measure measure) {
    if (workload.network() == null) {
      return Optional.of(0.0);
    }
    double coefficient = roundTrip(transport).map(RoundTripFit::coefficient).orElse(1.0);
    return Theory.addedMicros(transport, pollIntervalMillis, workload, measure)
        .map(theory -> coefficient * theory);
  }

  /// What networks added to deliveries of that transport; empty if no cell tells.
  public Optional<RoundTripFit> roundTrip(Transport transport) {
    return of(transport).flatMap(it -> Optional.ofNullable(it.roundTrip()));
  }

  private Optional<ModelOfTransport> of(Transport transport) {
    return transports.stream().filter(it -> it.transport() == transport).findFirst();
  }

  private @Nullable Long interval(ModelOfTransport of) {
    return of.asking() == Asking.AT_INTERVALS ? Long.valueOf(Math.round(intervalMillis(of))) : null;
  }

  private double intervalMillis(ModelOfTransport of) {
    if (of.asking() != Asking.AT_INTERVALS || of.pollIntervalMillis() == null) {
      return 0;
    }
    return pollIntervalMillis == null ? of.pollIntervalMillis().lowest() : pollIntervalMillis;
  }

  /// What a cell would measure: an estimate at the rate that its repeats had.
  public Optional<Estimate> estimate(Cell cell, Measure measure) {
    return transports.stream()
        .filter(it -> it.transport() == cell.transport())
        .findFirst()
        .flatMap(it -> estimate(it, ModelLoad.of(cell, holdSeconds), cell.payload(), measure));
  }

  private ModelLoad load(ModelOfTransport of, Workload workload) {
    return ModelLoad.of(
        of.asking(),
        workload.clients(),
        workload.tasks(),
        workload.updatesPerSecond(),
        intervalMillis(of),
        holdSeconds);
  }

  private Optional<Estimate> estimate(
      ModelOfTransport of, ModelLoad load, int payload, Measure measure) {
    return switch (measure) {
      case DELIVERY_MEDIAN -> delay(of, ModelQuantity.DELIVERY_MEDIAN, load);
      case DELIVERY_P99 -> delay(of, ModelQuantity.DELIVERY_P99, load);
      case HERD -> delay(of, ModelQuantity.HERD, load);
      case STALENESS -> delay(of, ModelQuantity.STALENESS, load).map(it -> staleness(it, load));
      case SERVER_CPU -> share(of, ModelQuantity.SERVER_CPU, load, load.deliveries());
      case BYTES -> bytes(of, load, payload);
      case REQUESTS ->
          of.asking() == Asking.ONCE
              ? Optional.of(new Estimate(0, 1, of.cells()))
              : share(of, ModelQuantity.REQUESTS, load, load.deliveries());
      case MEMORY ->
          of.fit(ModelQuantity.MEMORY)
              .map(
                  fit ->
                      new Estimate(
                          fit.ofCell(load) / load.clients(), fit.factor(load), of.cells()));
    };
  }

  private Optional<Estimate> delay(ModelOfTransport of, ModelQuantity quantity, ModelLoad load) {
    return isBeyondTheMachine(of, load) ? Optional.empty() : share(of, quantity, load, 1);
  }

  /// The instrument uses about as much as the server.
  private boolean isBeyondTheMachine(ModelOfTransport of, ModelLoad load) {
    return freeCores != null
        && of.fit(ModelQuantity.SERVER_CPU)
            .filter(fit -> 2 * fit.of(load) > 1e6 * freeCores)
            .isPresent();
  }

  private static Estimate staleness(Estimate lateness, ModelLoad load) {
    if (load.asking() == Asking.AT_INTERVALS) {
      return lateness;
    }
    double value = age(lateness.value(), load);
    double factor =
        Math.max(age(lateness.highest(), load) / value, value / age(lateness.lowest(), load));
    return new Estimate(value, factor, lateness.cells());
  }

  private static double age(double micros, ModelLoad load) {
    return Staleness.of(micros / 1000, micros / 1000, load.periodMillis());
  }

  private static Optional<Estimate> bytes(ModelOfTransport of, ModelLoad load, int characters) {
    Optional<Estimate> out = share(of, ModelQuantity.BYTES_OUT, load, load.deliveries());
    Optional<Estimate> in = share(of, ModelQuantity.BYTES_IN, load, load.deliveries());
    if (out.isEmpty() || in.isEmpty()) {
      return Optional.empty();
    }
    Range payload = of.payloadBytes();
    double version =
        (payload.lowest() + payload.highest()) / 2 + characters - of.statusCharacters();
    double sent = version + out.get().value();
    double value = sent + in.get().value();
    double lowest = sent / out.get().factor() + in.get().lowest();
    double highest = sent * out.get().factor() + in.get().highest();
    return Optional.of(new Estimate(value, Math.max(value / lowest, highest / value), of.cells()));
  }

  private static Optional<Estimate> share(
      ModelOfTransport of, ModelQuantity quantity, ModelLoad load, double by) {
    return of.fit(quantity)
        .map(fit -> new Estimate(fit.of(load) / by, fit.factor(load), of.cells()))
        .filter(it -> it.factor() <= MOST_FACTOR);
  }
}
