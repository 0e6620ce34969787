package pushlab.bench.run;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import pushlab.report.result.Cell;
import pushlab.report.result.Run;

/// Decides what each round measures.
final class Agenda {

  private final Run.Plan plan;
  private final Set<String> checks;

  Agenda(Run.Plan plan) {
    this.plan = plan;
    this.checks = Plans.checks(plan).stream().map(Cell::id).collect(toSet());
  }

  /// The cells that round `round` is to measure, in an order shuffled by the seed of the plan.
  /// Each of the first rounds, as many as the plan has repeats, measures all cells. The last of
  /// them adds the checks. A plan with a budget goes on with the cells that a further repeat could
  /// help, and begins each round but the first with these.
  ///
  /// @param cells what was measured so far
  /// @param open the ids of the cells that a further repeat could help
  List<Cell> of(int round, List<Cell> cells, Set<String> open) {
    boolean limited = plan.focus() != null && plan.focus().budgetSeconds() != null;
    boolean all = round <= plan.repeats();
    var due = new ArrayList<Cell>();
    for (Cell cell : cells) {
      boolean wanted = all || (limited && open.contains(cell.id()));
      if (wanted && !cell.hasRepeat(round) && !checks.contains(cell.id())) {
        due.add(cell);
      }
    }
    var random = new Random(plan.seed() + round);
    Collections.shuffle(due, random);
    if (limited && round > 1) {
      due.sort(comparing(cell -> !open.contains(cell.id())));
    }
    if (round >= plan.repeats()) {
      var last =
          new ArrayList<>(
              cells.stream()
                  .filter(cell -> checks.contains(cell.id()) && cell.repeats().isEmpty())
                  .toList());
      Collections.shuffle(last, random);
      due.addAll(last);
    }
    return due;
  }
}
