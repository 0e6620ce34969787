package pushlab.report.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.IdleSummary;
import pushlab.report.judge.Measure;
import pushlab.report.result.Cell;
import pushlab.report.result.Repeat;
import pushlab.report.result.Transport.Asking;

/// The samples that the cells of one transport give for each quantity of its model.
final class ModelSamples {

  /// The resolution of a process's CPU time: its two clocks, user and system, have steps of 10
  /// ms.
  private static final double CPU_STEP_MICROS = 20_000;

  /// With less CPU time than this, the resolution hides how good the model is.
  private static final double CPU_LEAST_MICROS = 100_000;

  /// The relative scatter of CPU time between repeats.
  private static final double CPU_NOISE = 0.1;

  /// From this share on, the cost of empty answers can be fitted separately.
  private static final double EMPTY = 0.05;

  /// The resolution of staleness that matters.
  private static final double LEAST_MILLIS = 1e-3;

  private static final double SECONDS_AN_HOUR = 3600;

  private final List<ModelRepeat> all;
  private final boolean polls;
  private final @Nullable IdleSummary idle;

  /// @param cells of one transport
  /// @param idle what its clients cost while nothing changes, or null where it was not measured
  ModelSamples(List<Cell> cells, @Nullable IdleSummary idle) {
    this.idle = idle;
    all =
        cells.stream()
            .flatMap(cell -> cell.repeats().stream().map(repeat -> new ModelRepeat(cell, repeat)))
            .toList();
    polls = cells.getFirst().transport().asking() == Asking.AT_INTERVALS;
  }

  ModelFit fit(ModelQuantity quantity) {
    return switch (quantity) {
      case DELIVERY_MEDIAN ->
          delivery(0.5, repeat -> repeat.delays().correctedLatencyMicros().p50());
      case DELIVERY_P99 -> delivery(0.99, repeat -> repeat.delays().correctedLatencyMicros().p99());
      case STALENESS -> staleness();
      case SERVER_CPU ->
          cost(
              Measure::serverCpu,
              idle == null || idle.cpuMillisPerHour() == null
                  ? null
                  : 1000 * idle.cpuMillisPerHour(),
              micros -> 1 / (CPU_STEP_MICROS + CPU_NOISE * micros),
              CPU_LEAST_MICROS,
              true);
      case BYTES_OUT ->
          bytes(
              repeat -> repeat.traffic().bytesOut() - repeat.traffic().payloadBytes(),
              idle == null ? null : idle.bytesOutPerHour());
      case BYTES_IN ->
          bytes(repeat -> repeat.traffic().bytesIn(), idle == null ? null : idle.bytesInPerHour());
      case REQUESTS -> requests();
      case MEMORY -> memory();
    };
  }

  /// A client that polls waits for that share of its interval; the rest grows with the number of
  /// clients. A repeat with more updates has more weight.
  private ModelFit delivery(double share, ToDoubleFunction<Repeat> micros) {
    var samples = new ArrayList<ModelSample>();
    for (ModelRepeat it : all) {
      double measured = micros.applyAsDouble(it.repeat());
      samples.add(
          new ModelSample(
              it.cell().id(),
              List.of(1.0, it.clients()),
              share * 1000 * it.intervalMillis(),
              measured,
              Math.sqrt((double) it.repeat().updates().due()) / Math.max(1, measured),
              0));
    }
    return ModelFit.of(List.of("constant", "client"), samples);
  }

  private ModelFit staleness() {
    ModelFit median = fit(ModelQuantity.DELIVERY_MEDIAN);
    if (median.needs() != null) {
      return ModelFit.lacking(median.needs());
    }
    var samples = new ArrayList<ModelSample>();
    for (ModelRepeat it : all) {
      double measured = it.repeat().delays().stalenessMillis();
      double late =
          (median.coefficient("constant") + median.coefficient("client") * it.clients()) / 1000;
      double theory = Staleness.of(late, late + it.intervalMillis(), it.periodMillis());
      samples.add(
          new ModelSample(
              it.cell().id(),
              polls ? List.of() : List.of(theory),
              polls ? theory : 0,
              measured,
              1 / Math.max(LEAST_MILLIS, measured + theory),
              0));
    }
    return ModelFit.of(polls ? List.of() : List.of("spread"), samples);
  }

  private ModelFit bytes(ToDoubleFunction<Repeat> bytes, @Nullable Double idlePerHour) {
    return cost(bytes, idlePerHour, measured -> 1 / Math.max(1, measured), 0, false);
  }

  /// The cost of deliveries and of empty answers. The cost of waiting comes from the idle
  /// measurement. Without it, the cells give the cost of an empty answer; they are too short to
  /// give that of a waiting connection.
  ///
  /// @param idlePerHour the cost of one client in an hour without updates; null if it is unknown
  /// @param perUpdate whether an update has a cost of its own, however many clients receive it
  private ModelFit cost(
      ToDoubleFunction<Repeat> what,
      @Nullable Double idlePerHour,
      DoubleUnaryOperator weight,
      double least,
      boolean perUpdate) {
    double requests = idle == null ? 0 : idle.requestsPerHour();
    boolean asks = requests > 0;
    double perEmpty = asks && idlePerHour != null ? idlePerHour / requests : 0;
    boolean fitsEmpty = idlePerHour == null && sometimesEmpty();
    var wanted = new ArrayList<String>();
    if (fitsEmpty) {
      wanted.add("emptyAnswer");
    }
    if (perUpdate) {
      wanted.add("update");
    }
    var samples = new ArrayList<ModelSample>();
    for (ModelRepeat it : all) {
      double measured = what.applyAsDouble(it.repeat());
      if (Double.isFinite(measured)) {
        var columns = new ArrayList<>(List.of((double) it.repeat().deliveries().delivered()));
        if (fitsEmpty) {
          columns.add(it.empty());
        }
        if (perUpdate) {
          columns.add((double) it.repeat().updates().due());
        }
        samples.add(
            new ModelSample(
                it.cell().id(),
                columns,
                perEmpty * it.empty(),
                measured,
                weight.applyAsDouble(measured),
                least));
      }
    }
    ModelFit fit = ModelFit.of(List.of("delivery"), wanted, samples);
    if (fit.needs() != null || idlePerHour == null) {
      return fit;
    }
    return asks
        ? fit.with("emptyAnswer", perEmpty)
        : fit.with("connectionSecond", idlePerHour / SECONDS_AN_HOUR);
  }

  private boolean sometimesEmpty() {
    double empty = all.stream().mapToDouble(ModelRepeat::empty).sum();
    double brought = all.stream().mapToDouble(it -> it.repeat().deliveries().delivered()).sum();
    return empty > EMPTY * (brought + empty);
  }

  private ModelFit requests() {
    var samples = new ArrayList<ModelSample>();
    for (ModelRepeat it : all) {
      double theory =
          switch (it.cell().transport().asking()) {
            case AT_INTERVALS -> 1000 * it.repeat().seconds() / it.intervalMillis() * it.clients();
            case AFTER_EACH_ANSWER -> it.repeat().deliveries().delivered();
            case ONCE -> 0;
          };
      samples.add(
          new ModelSample(
              it.cell().id(), List.of(), theory, it.repeat().traffic().requests(), 1, 0));
    }
    return ModelFit.of(List.of(), samples);
  }

  /// Other changes of the machine's memory do not depend on the number of clients, so each KiB
  /// has the same weight.
  private ModelFit memory() {
    var samples = new ArrayList<ModelSample>();
    for (ModelRepeat it : all) {
      if (Double.isFinite(it.memoryKiB())) {
        samples.add(
            new ModelSample(it.cell().id(), List.of(it.clients()), 0, it.memoryKiB(), 1, 0));
      }
    }
    return ModelFit.of(List.of("client"), samples);
  }
}
