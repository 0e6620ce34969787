package pushlab.bench.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pushlab.bench.host.Home;
import pushlab.bench.watch.Target;
import pushlab.report.result.Cell;
import pushlab.report.result.Repeat;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Run;
import pushlab.report.text.Screen;
import pushlab.server.PushlabServer;
import pushlab.server.options.ServerOptions;

/// A whole run against a real server, with a budget.
@Timeout(120)
class TurnsTest {

  private static final Audience NOBODY = new Audience(Screen.PLAIN, false);

  @TempDir Path folder;

  @Test
  void withoutABudgetEachLoadIsMeasuredAsOftenAsThePlanSaysAndTheChecksOnce() throws Exception {
    assertThat(run(SmallPlans.of(0, SmallPlans.focus(null)))).isTrue();

    assertThat(cells()).hasSize(4);
    assertThat(cells()).allSatisfy(cell -> assertThat(cell.repeats()).hasSize(1));
    assertThat(new ResultsFolder(folder).run().remarks())
        .anySatisfy(remark -> assertThat(remark).startsWith("JMH and Gatling are no part"));
  }

  @Test
  void aBudgetIsNotExceededButByTheFirstRound() throws Exception {
    long start = System.nanoTime();
    assertThat(run(SmallPlans.of(0, SmallPlans.focus(15.0)))).isTrue();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    assertThat(new ResultsFolder(folder).run().finished()).isTrue();
    assertThat(cells())
        .filteredOn(cell -> cell.clients() == 5)
        .hasSize(2)
        .allSatisfy(cell -> assertThat(cell.repeats()).isNotEmpty());
    assertThat(cells())
        .filteredOn(cell -> cell.clients() == 10)
        .allSatisfy(cell -> assertThat(cell.repeats()).hasSize(1));
    assertThat(cells())
        .allSatisfy(
            cell ->
                assertThat(cell.repeats())
                    .extracting(Repeat::number)
                    .isSorted()
                    .doesNotHaveDuplicates());
  }

  @Test
  void theFirstRoundMeasuresEveryCellThoughTheBudgetIsTooSmallForIt() throws Exception {
    assertThat(run(SmallPlans.of(0, SmallPlans.focus(0.1)))).isTrue();

    assertThat(cells())
        .extracting(Cell::id)
        .containsExactlyInAnyOrder("long-polling-5-10", "sse-5-10");
    assertThat(cells()).allSatisfy(cell -> assertThat(cell.repeats()).hasSize(1));
  }

  private boolean run(Run.Plan plan) throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"))) {
      var home = new Home(requireNonNull(Path.of("").toAbsolutePath().getParent()));
      var given = new ExternalServer(Target.of(server.address()), List.of(), null);
      Comparison comparison =
          Comparison.begin(home, new ResultsFolder(folder), plan, "./lab compare", given, false);
      return new Turns(List.of(comparison), NOBODY).run();
    }
  }

  private List<Cell> cells() {
    return new ResultsFolder(folder).cells(new ArrayList<>());
  }
}
