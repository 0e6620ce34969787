package pushlab.report.model;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.Fitness;
import pushlab.report.judge.IdleSummary;
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

  /// 25 s, shortened by up to a sixteenth at random so that a herd spreads out.
  static final double HOLD_SECONDS = 25 * (1 - 1.0 / 32);

  public static Model of(@Nullable Run run, List<Cell> cells, List<IdleSummary> idle) {
    int shortest = cells.stream().mapToInt(Cell::payload).min().orElse(0);
    List<Cell> fit = cells.stream().filter(cell -> isFit(cell, shortest)).toList();
    return new Model(
        HOLD_SECONDS,
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
}
