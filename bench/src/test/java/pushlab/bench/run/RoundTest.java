package pushlab.bench.run;

import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pushlab.bench.watch.Target;
import pushlab.report.result.Cell;
import pushlab.report.result.Delivery;
import pushlab.report.result.Network;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Run;
import pushlab.report.text.Screen;
import pushlab.server.PushlabServer;
import pushlab.server.options.ServerOptions;

/// Which servers a round starts.
@Timeout(120)
class RoundTest {

  private static final Optional<Delivery> LOOP = Optional.of(Delivery.LOOP);
  private static final Optional<Delivery> THREADS = Optional.of(Delivery.THREADS);

  @TempDir Path folder;

  private static final Network FAR = new Network("rtt-80-ms", 80, 0, 0, null);

  private final List<Optional<Delivery>> started = new ArrayList<>();
  private final List<Network> networks = new ArrayList<>();

  @Test
  void eachDeliveryHasAServerOfItsOwnAndTheyTakeTurnsInBeingFirst() throws Exception {
    Journal journal = journal(SmallPlans.of(0, List.of(Delivery.LOOP, Delivery.THREADS), null));

    measure(journal, 1);
    assertThat(started).containsExactly(LOOP, THREADS);
    measure(journal, 2);
    assertThat(started).containsExactly(LOOP, THREADS, THREADS, LOOP);
    assertThat(journal.cells())
        .hasSize(8)
        .allSatisfy(cell -> assertThat(cell.repeats()).hasSize(2))
        .extracting(Cell::delivery)
        .containsOnly(Delivery.LOOP, Delivery.THREADS);
  }

  @Test
  void oneDeliveryHasOneServer() throws Exception {
    measure(journal(SmallPlans.of(0, List.of(Delivery.THREADS), null)), 1);

    assertThat(started).containsExactly(THREADS);
  }

  @Test
  void eachNetworkHasAServerOfItsOwnAndTheyTakeTurnsInBeingFirst() throws Exception {
    Run.Plan plan = SmallPlans.of(0, List.of(Delivery.LOOP), null);
    Journal journal = journal(SmallPlans.over(plan, Network.LOOPBACK, FAR));

    measure(journal, 1);
    measure(journal, 2);
    assertThat(networks).containsExactly(Network.LOOPBACK, FAR, FAR, Network.LOOPBACK);
    assertThat(journal.cells()).allSatisfy(cell -> assertThat(cell.repeats()).hasSize(2));
  }

  @Test
  void anotherServerHasNoDelivery() throws Exception {
    measure(journal(SmallPlans.of(0, null).forTarget()), 2);

    assertThat(started).containsExactly(Optional.empty());
  }

  private Journal journal(Run.Plan plan) {
    var journal = new Journal(new ResultsFolder(folder), PlansTest.run(plan), List.of());
    journal.addCells();
    return journal;
  }

  private void measure(Journal journal, int number) throws Exception {
    var pace = new Pace(new Budget(null), 1);
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"));
        var progress = new Progress(new Audience(Screen.PLAIN, false), pace)) {
      var subject =
          new ServerUnderTest(
              Target.of(server.address()), List.of(Optional.empty()), Optional.empty(), null, null);
      new Round(
              number,
              journal,
              setup -> {
                started.add(setup.delivery());
                networks.add(requireNonNullElse(setup.network(), Network.LOOPBACK));
                return subject;
              },
              progress,
              pace)
          .measure(journal.cells());
    }
  }
}
