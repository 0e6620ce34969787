package pushlab.bench.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import pushlab.report.result.Cell;
import pushlab.report.result.Run;
import pushlab.report.result.Run.Focus;
import pushlab.report.result.Transport;

class AgendaTest {

  private static final Run.Plan QUICK = Plans.quick(7);
  private static final List<String> ALL = Plans.cells(QUICK).stream().map(Cell::id).toList();
  private static final List<String> CHECKS = Plans.checks(QUICK).stream().map(Cell::id).toList();
  private static final Set<String> OPEN = Set.of("websocket-100-2", "sse-100-2");

  @Test
  void theFirstRoundMeasuresEveryCellInAnOrderOfItsOwn() {
    List<String> first = due(QUICK, 1, Set.of());
    assertThat(first).containsExactlyInAnyOrderElementsOf(ALL).isNotEqualTo(ALL);
    assertThat(due(QUICK, 1, Set.of())).as("the seed decides").isEqualTo(first);
    assertThat(due(Plans.quick(8), 1, Set.of())).isNotEqualTo(first);
  }

  @Test
  void theSecondRoundBeginsWithWhatIsOpenAndEndsWithTheChecks() {
    List<String> second = due(QUICK, 2, OPEN);
    assertThat(second).hasSize(ALL.size() + CHECKS.size());
    assertThat(second.subList(0, OPEN.size())).containsExactlyInAnyOrderElementsOf(OPEN);
    assertThat(second.subList(ALL.size(), second.size()))
        .containsExactlyInAnyOrderElementsOf(CHECKS);
  }

  @Test
  void laterRoundsMeasureOnlyWhatIsOpenAndChecksThatHadNoTime() {
    List<String> third = due(QUICK, 3, OPEN);
    assertThat(third.subList(0, OPEN.size())).containsExactlyInAnyOrderElementsOf(OPEN);
    assertThat(third.subList(OPEN.size(), third.size()))
        .containsExactlyInAnyOrderElementsOf(CHECKS);
    assertThat(due(QUICK, 3, Set.of())).containsExactlyInAnyOrderElementsOf(CHECKS);
  }

  @Test
  void aPlanWithoutABudgetHasAsManyRoundsAsRepeats() {
    Focus focus = requireNonNull(QUICK.focus());
    Run.Plan unlimited = with(new Focus(focus.loads(), focus.check(), null));
    assertThat(due(unlimited, 1, OPEN)).hasSize(ALL.size());
    assertThat(due(unlimited, 2, OPEN)).hasSize(ALL.size() + CHECKS.size());

    Run.Plan standard = Plans.standard(7);
    assertThat(due(standard, standard.repeats(), OPEN)).hasSize(Plans.cells(standard).size());
    assertThat(due(standard, standard.repeats() + 1, OPEN)).isEmpty();
  }

  @Test
  void aPlanOfOneTransportIsFocusedToo() {
    Run.Plan one = QUICK.with(List.of(Transport.WEBSOCKET));
    assertThat(due(one, 2, Set.of()))
        .containsExactlyInAnyOrder(
            "websocket-100-2", "websocket-100-20", "websocket-1000-1", "websocket-2000-1");
  }

  private static List<String> due(Run.Plan plan, int round, Set<String> open) {
    var cells = new ArrayList<>(Plans.cells(plan));
    cells.addAll(Plans.checks(plan));
    return new Agenda(plan).of(round, cells, open).stream().map(Cell::id).toList();
  }

  private static Run.Plan with(Focus focus) {
    return new Run.Plan(
        QUICK.name(),
        QUICK.transports(),
        QUICK.clients(),
        QUICK.updatesPerSecond(),
        QUICK.pollIntervalsMillis(),
        QUICK.tasks(),
        QUICK.payloads(),
        QUICK.deliveries(),
        QUICK.networks(),
        QUICK.warmUpSeconds(),
        QUICK.seconds(),
        QUICK.repeats(),
        QUICK.idleSeconds(),
        QUICK.seed(),
        focus);
  }
}
