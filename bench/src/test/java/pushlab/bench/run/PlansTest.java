package pushlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pushlab.report.Interim;
import pushlab.report.result.Cell;
import pushlab.report.result.Delivery;
import pushlab.report.result.NamedNetworks;
import pushlab.report.result.Network;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Run;
import pushlab.report.result.Transport;
import pushlab.server.options.ServerOptions;

class PlansTest {

  static List<Run.Plan> plans() {
    return List.of(Plans.quick(1), Plans.standard(1), Plans.full(1));
  }

  private static final List<Delivery> BOTH = List.of(Delivery.LOOP, Delivery.THREADS);

  /// With fewer clients the moments of their polls are not spread evenly.
  private static final int MANY = 1000;

  @ParameterizedTest
  @MethodSource("plans")
  void thePollIntervalOfFewClientsIsNotAMultipleOfAnUpdatePeriod(Run.Plan plan) {
    assertThat(Plans.cells(plan))
        .filteredOn(cell -> cell.clients() < MANY)
        .allSatisfy(
            cell -> {
              double periods =
                  plan.pollIntervalsMillis().getFirst() * cell.updatesPerSecond() / 1000;
              assertThat(Math.abs(periods - Math.rint(periods))).isGreaterThan(0.05);
            });
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyStandardTransportIsMeasuredWithSeveralNumbersOfClientsMoreThanOnce(Run.Plan plan) {
    List<Transport> standard = Stream.of(Transport.values()).filter(Transport::isStandard).toList();
    assertThat(plan.transports()).containsExactlyElementsOf(standard);
    assertThat(Plans.cells(plan).stream().map(Cell::clients).distinct()).hasSizeGreaterThan(1);
    assertThat(Plans.cells(plan)).extracting(Cell::id).doesNotHaveDuplicates();
    assertThat(plan.repeats()).isGreaterThan(1);
  }

  @ParameterizedTest
  @MethodSource("plans")
  void eachPlanMeasuresThePaymentsWorkloadOverItsNetwork(Run.Plan plan) {
    List<Cell> cells =
        Plans.cells(SmallPlans.over(plan, Network.LOOPBACK, NamedNetworks.MOBILE_4G)).stream()
            .filter(cell -> cell.clients() == 100 && cell.updatesPerSecond() == 0.2)
            .filter(cell -> cell.network() != null)
            .toList();

    assertThat(cells).hasSameSizeAs(plan.transports());
    assertThat(cells).extracting(Cell::network).containsOnly(NamedNetworks.MOBILE_4G);
    assertThat(plan.seconds(100, 0.2)).isGreaterThanOrEqualTo(10);
  }

  @ParameterizedTest
  @MethodSource("plans")
  void theAxesNameEveryNumberOfClientsAndEveryRateThatOccurs(Run.Plan plan) {
    List<Cell> all =
        Stream.concat(Plans.cells(plan).stream(), Plans.checks(plan).stream()).toList();
    assertThat(all.stream().map(Cell::clients)).hasSameElementsAs(plan.clients());
    assertThat(all.stream().map(Cell::updatesPerSecond)).hasSameElementsAs(plan.updatesPerSecond());
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyCellIsMeasuredOverEachNetworkAndTheChecksOverTheFirst(Run.Plan plan) {
    var far = new Network("rtt-80-ms", 80, 0, 0, null);
    Run.Plan over = SmallPlans.over(plan, Network.LOOPBACK, far);
    List<String> near = Plans.cells(plan).stream().map(Cell::id).toList();

    assertThat(Plans.cells(over).stream().filter(cell -> cell.network() == null))
        .as("cells over loopback keep their names")
        .extracting(Cell::id)
        .containsExactlyElementsOf(near);
    assertThat(Plans.cells(over).stream().filter(cell -> far.equals(cell.network())))
        .extracting(Cell::id)
        .containsExactlyElementsOf(near.stream().map(id -> id + "-rtt-80-ms").toList());
    assertThat(Plans.cells(over)).hasSize(2 * near.size());
    assertThat(Plans.checks(over)).isEqualTo(Plans.checks(plan));
    assertThat(Plans.cells(SmallPlans.over(plan, far))).extracting(Cell::network).containsOnly(far);
  }

  @Test
  void theQuickPlanMeasuresHalfOfTheSituationsAndSurroundsTheOthers() {
    Run.Plan quick = Plans.quick(1);
    List<Cell> cells = Plans.cells(quick);
    List<JsonNode> situations = situations();
    assertThat(situations).hasSize(6);
    assertThat(situations.stream().filter(it -> cells.stream().anyMatch(cell -> isAt(cell, it))))
        .hasSize(3);
    assertThat(cells.stream().map(Cell::clients).distinct())
        .as("a fit over the numbers of clients needs two")
        .hasSizeGreaterThan(1);
    assertThat(cells.stream().map(Cell::updatesPerSecond).distinct())
        .as("a fit over the rates needs two")
        .hasSizeGreaterThan(1);
    assertThat(Plans.checks(quick))
        .as("the estimate for the most clients is checked nearer to it")
        .hasSize(quick.transports().size())
        .allSatisfy(
            check ->
                assertThat(check.clients())
                    .isGreaterThan(cells.stream().mapToInt(Cell::clients).max().orElseThrow()));
  }

  @Test
  void theQuickPlanHasAtLeastFiveUpdatesInEachRepeat() {
    Run.Plan quick = Plans.quick(1);
    assertThat(Plans.cells(quick))
        .allSatisfy(
            cell ->
                assertThat(
                        cell.updatesPerSecond()
                            * quick.seconds(cell.clients(), cell.updatesPerSecond()))
                    .isGreaterThanOrEqualTo(5));
  }

  @Test
  void theDefaultDeliveryIsThatOfTheServer() {
    assertThat(ServerOptions.parse("--port", "0").delivery().name())
        .isEqualTo(Delivery.DEFAULT.name());
    assertThat(Stream.of(pushlab.server.net.Delivery.values()).map(Enum::name))
        .containsExactlyElementsOf(Stream.of(Delivery.values()).map(Enum::name).toList());
  }

  @ParameterizedTest
  @MethodSource("plans")
  void aPlanHasOneDeliveryAndItsCellsAreNotCalledByIt(Run.Plan plan) {
    assertThat(plan.deliveries()).containsExactly(Delivery.DEFAULT);
    assertThat(Plans.cells(plan))
        .allSatisfy(
            cell -> {
              boolean waits = cell.transport() != Transport.SHORT_POLLING;
              assertThat(cell.delivery()).isEqualTo(waits ? Delivery.DEFAULT : null);
              assertThat(cell.id()).doesNotContain("loop", "threads");
            });
  }

  @Test
  void eachTransportButShortPollingIsMeasuredWithEachDelivery() {
    Run.Plan both =
        SmallPlans.of(0, BOTH, null)
            .with(List.of(Transport.SHORT_POLLING, Transport.LONG_POLLING, Transport.WEBSOCKET));
    assertThat(Plans.cells(both))
        .filteredOn(cell -> cell.clients() == 5)
        .extracting(Cell::id)
        .containsExactly(
            "short-polling-5-10",
            "long-polling-5-10-loop",
            "long-polling-5-10-threads",
            "websocket-5-10-loop",
            "websocket-5-10-threads");
  }

  @Test
  void whatTheModelNeedsIsMeasuredWithTheFirstDeliveryAlone() {
    Run.Plan both = SmallPlans.of(0, BOTH, SmallPlans.focus(null));
    assertThat(Plans.checks(both))
        .extracting(Cell::id)
        .containsExactly("long-polling-10-10-loop", "sse-10-10-loop");
    assertThat(Plans.heldOut(run(both).holdOut(List.of(new Run.HeldOut(7, 3)))))
        .extracting(Cell::id)
        .containsExactly("long-polling-7-3-loop", "sse-7-3-loop");
  }

  @Test
  void theCellsOfAnotherServerHaveNoDelivery() {
    assertThat(Plans.cells(Plans.quick(1).forTarget()))
        .extracting(Cell::delivery)
        .containsOnlyNulls();
  }

  private static List<JsonNode> situations() {
    JsonNode answers =
        ResultsFolder.json()
            .valueToTree(Interim.of(run(Plans.quick(1)), List.of(), List.of()).answers());
    return StreamSupport.stream(answers.spliterator(), false)
        .map(answer -> answer.path("situation"))
        .toList();
  }

  private static boolean isAt(Cell cell, JsonNode situation) {
    return cell.clients() == situation.path("clients").asInt()
        && cell.updatesPerSecond() == situation.path("updatesPerSecond").asDouble();
  }

  static Run run(Run.Plan plan) {
    return new Run(
        "run",
        Instant.EPOCH,
        "./lab compare --quick",
        null,
        null,
        plan,
        new Run.Machine("Linux", "CPU", 2, 1024, "25", List.of()),
        true,
        List.of(),
        List.of(),
        null,
        List.of());
  }
}
