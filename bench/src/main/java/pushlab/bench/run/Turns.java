package pushlab.bench.run;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.bench.host.OtherProcesses;
import pushlab.bench.host.Reason;
import pushlab.report.text.Remark;

/// Runs comparisons by turns, round by round, so that a disturbance of the machine affects all of
/// them.
public final class Turns {

  private final List<Comparison> all;
  private final Audience audience;

  /// @param all at least one
  public Turns(List<Comparison> all, Audience audience) {
    this.all = List.copyOf(all);
    this.audience = audience;
  }

  /// Runs them, and returns whether they finished: false if the thread was interrupted or a result
  /// could not be written.
  ///
  /// @throws IOException if nothing at all could be measured
  public boolean run() throws IOException {
    try {
      for (Comparison each : all) {
        each.prepare();
      }
      measure();
    } catch (InterruptedException _) {
      all.forEach(each -> each.remarkUnlessFinished(Remark.BROKEN_OFF.say()));
    } catch (IOException e) {
      all.forEach(each -> each.remarkUnlessFinished(Remark.ENDED_EARLY.say(Reason.of(e))));
      if (all.stream().allMatch(Comparison::nothingMeasured)) {
        for (Comparison each : all) {
          each.write();
        }
        throw e;
      }
    }
    boolean finished = true;
    for (Comparison each : all) {
      finished &= each.write();
    }
    return finished;
  }

  private void measure() throws IOException, InterruptedException {
    var pace = new Pace(budget(), all.stream().mapToDouble(Comparison::expectedSeconds).sum());
    int rounds = all.stream().mapToInt(Comparison::rounds).max().orElse(0);
    try (var progress = new Progress(audience, pace)) {
      var quiet =
          new Quiet(
              new OtherProcesses(this::own)::uses,
              audience.isInteractive(),
              System.in,
              progress::say);
      boolean measured = true;
      for (int round = 1; measured || round <= rounds; round++) {
        measured = false;
        for (Comparison each : all) {
          measured |= each.measureRound(round, progress, pace, quiet);
        }
      }
      for (Comparison each : all) {
        each.finish(progress);
      }
    }
  }

  private Budget budget() {
    List<@Nullable Double> each =
        all.stream().<@Nullable Double>map(Comparison::budgetSeconds).toList();
    return new Budget(
        each.stream().anyMatch(Objects::isNull)
            ? null
            : Double.valueOf(each.stream().mapToDouble(Double::doubleValue).sum()));
  }

  /// The ids of the processes that belong to the measurement.
  private Set<Long> own() {
    return Stream.concat(
            Stream.concat(
                Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants()),
            all.stream().flatMap(Comparison::givenProcesses))
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }
}
