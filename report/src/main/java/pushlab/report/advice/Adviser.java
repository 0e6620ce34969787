package pushlab.report.advice;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingInt;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.advice.Advice.Sentence;
import pushlab.report.advice.Advice.State;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Measure;
import pushlab.report.judge.RunQuality.Grade;
import pushlab.report.judge.Workload;
import pushlab.report.result.Transport;
import pushlab.report.stat.Spread;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// Finds the transport to take in a situation, from the cells that were measured nearest to it.
public final class Adviser {

  /// A workload that differs by a larger factor in clients or updates cannot answer a situation.
  private static final double FAR = 3;

  private final Situation situation;
  private final List<Sentence> reasons = new ArrayList<>();
  private final List<Sentence> grounds = new ArrayList<>();

  private Adviser(Situation situation) {
    this.situation = situation;
  }

  /// An answer for each situation; those without a near workload come last.
  public static List<Advice> of(List<CellSummary> cells, Grade grade) {
    return Situation.ALL.stream()
        .map(situation -> new Adviser(situation).advise(cells, grade))
        .sorted(comparing(advice -> advice.state() == State.OUTSIDE))
        .toList();
  }

  private Advice advise(List<CellSummary> all, Grade grade) {
    Workload asked = situation.workload();
    Workload near =
        all.stream()
            .map(CellSummary::workload)
            .filter(workload -> workload.tasks() == asked.tasks())
            .filter(workload -> workload.payload() == asked.payload())
            .sorted()
            .min(comparingDouble(workload -> workload.timesAway(asked)))
            .orElse(null);
    if (near == null) {
      reasons.add(sentence("advice.nothing", List.of()));
      return advice(State.OUTSIDE, null, null);
    }
    List<CellSummary> cells =
        all.stream()
            .filter(cell -> cell.workload().equals(near))
            .filter(cell -> situation.candidates().contains(cell.transport()))
            .sorted(comparingInt(cell -> situation.candidates().indexOf(cell.transport())))
            .toList();
    if (near.timesAway(asked) > FAR) {
      reasons.add(measuredAt("advice.far", near, cells));
      reasons.add(sentence("advice.command", List.of(), situation.command()));
      return advice(State.OUTSIDE, near, null);
    }
    List<CellSummary> fit = cells.stream().filter(cell -> cell.unfit().isEmpty()).toList();
    Choice choice = fit.isEmpty() ? null : Choice.of(situation.criteria(), fit);
    State state = state(fit, choice, grade);
    if (state == State.CHOSEN) {
      explain(requireNonNull(choice));
    } else {
      reasons.add(sentence("advice." + state.id() + ".why", fit));
    }
    cells.stream()
        .filter(cell -> !cell.unfit().isEmpty())
        .forEach(cell -> grounds.add(sentence("advice.unfit", List.of(cell), cell.within())));
    grounds.add(measuredAt(near.equals(asked) ? "advice.there" : "advice.near", near, cells));
    return advice(state, near, choice);
  }

  private static State state(List<CellSummary> fit, @Nullable Choice choice, Grade grade) {
    if (grade == Grade.NOT_PUBLISHABLE) {
      return State.NOT_PUBLISHABLE;
    }
    if (choice == null || fit.size() < 2) {
      return State.NOTHING_TO_COMPARE;
    }
    return choice.out().isEmpty() ? State.TOO_CLOSE : State.CHOSEN;
  }

  private void explain(Choice choice) {
    List<CellSummary> left = choice.left();
    CellSummary first = left.getFirst();
    Spread rare = first.spread(Measure.DELIVERY_P99);
    if (rare != null) {
      reasons.add(
          sentence(
              "advice.arrives",
              List.of(first),
              first.within(),
              Measure.DELIVERY_P99.phrase(rare.value())));
    }
    choice.out().forEach(out -> reasons.add(out.sentence()));
    if (left.size() > 1) {
      List<Phrase> others = left.stream().skip(1).map(cell -> cell.within()).toList();
      reasons.add(sentence("advice.left", left, Phrase.all(others)));
    }
    if (left.size() > 1 || !situation.isOpenToAll()) {
      reasons.add(new Sentence(situation.preference(), List.of()));
    }
    grounds.add(sentence("advice.sure", List.of(), first.repeats()));
  }

  private Sentence measuredAt(String key, Workload near, List<CellSummary> cells) {
    Workload asked = situation.workload();
    Phrase times = Phrase.number(near.timesAway(asked), Text::significant);
    return sentence(key, cells, near.phrase(), asked.phrase(), times);
  }

  private Advice advice(State state, @Nullable Workload near, @Nullable Choice choice) {
    Transport take =
        state == State.CHOSEN && choice != null ? choice.left().getFirst().transport() : null;
    return new Advice(situation, state, take, near, reasons, grounds);
  }

  private static Sentence sentence(String key, List<CellSummary> cells, Object... arguments) {
    return new Sentence(Phrase.of(key, arguments), cells);
  }
}
