package pushlab.report.model;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.Fitness;
import pushlab.report.judge.IdleSummary;
import pushlab.report.result.Cell;
import pushlab.report.result.Run;
import pushlab.report.result.Transport;

/// What a workload that was not measured would cost, as far as a run's cells tell: for each
/// transport the shape that theory gives, with a few coefficients fitted to its cells. Cells on
/// which no verdict may rest are left out. `calculator.js` reckons with it; docs/method.md says
/// what each coefficient means.
///
/// @param holdSeconds how long a long poll is held on average when nothing comes
/// @param pollIntervalMillis of short polling in the plan, or null when it is not known
/// @param logicalCores of the machine, or null when it is not known
/// @param transports those with at least one fit cell
public record Model(
    double holdSeconds,
    @Nullable Long pollIntervalMillis,
    @Nullable Integer logicalCores,
    List<ModelOfTransport> transports) {

  /// 25 s, of which up to a sixteenth is left out at random so that a herd spreads out.
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

  /// The model knows one task, and statuses as long as the shortest of the run.
  private static boolean isFit(Cell cell, int shortest) {
    return cell.tasks() == 1
        && cell.payload() == shortest
        && Fitness.unfit(cell.repeats()).isEmpty();
  }
}
