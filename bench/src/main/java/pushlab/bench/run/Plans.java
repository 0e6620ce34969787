package pushlab.bench.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.report.advice.Situation;
import pushlab.report.result.Cell;
import pushlab.report.result.Delivery;
import pushlab.report.result.Network;
import pushlab.report.result.Run;
import pushlab.report.result.Run.Focus;
import pushlab.report.result.Run.Load;
import pushlab.report.result.Transport;
import pushlab.report.result.Transport.Asking;

/// The named plans, and the cells of a plan.
public final class Plans {

  /// With few clients no update period of a named plan divides it. Otherwise each of them would
  /// always ask at the same moment between two updates, and its latency would depend on that
  /// moment. The moments of many clients are spread evenly.
  static final Duration POLL_INTERVAL = Duration.ofMillis(970);

  /// What is left of three minutes beside starting, and writing the report.
  private static final double BUDGET_SECONDS = 165;

  private Plans() {}

  /// A first answer to the six questions, in three minutes on two cores. Three of their workloads
  /// are measured. The others differ from these in a number of clients or a rate by which costs
  /// grow as a model says, and are estimated.
  public static Run.Plan quick(long seed) {
    return focused(
        plan("quick", List.of(100, 1000, 2000), List.of(1.0, 2.0, 20.0), 8, 4, 2, 0, seed),
        new Focus(
            List.of(new Load(100, 2, 5), new Load(100, 20, 4), new Load(1000, 1, 5)),
            new Load(2000, 1, 4),
            BUDGET_SECONDS));
  }

  /// An answer to work with, in a quarter of an hour.
  public static Run.Plan standard(long seed) {
    return plan("standard", List.of(10, 100, 1000), List.of(0.5, 2.0, 20.0), 20, 5, 3, 50, seed);
  }

  /// An answer to publish, in an hour.
  public static Run.Plan full(long seed) {
    return plan(
        "full", List.of(10, 100, 1000, 5000), List.of(0.2, 2.0, 20.0), 30, 10, 5, 150, seed);
  }

  /// All cells of `plan` that each round measures, without any repeat.
  static List<Cell> cells(Run.Plan plan) {
    List<Load> loads = plan.focus() == null ? combinations(plan) : plan.focus().loads();
    var cells = new ArrayList<>(cells(plan, loads, plan.deliveries(), plan.networks()));
    for (Network network : plan.networks()) {
      cells.addAll(cells(plan, asked(loads, network), judged(plan), List.of(network)));
    }
    return cells;
  }

  /// What answers need over `network` beside `loads`, but for loads of more clients than these
  /// have.
  private static List<Load> asked(List<Load> loads, Network network) {
    int most = loads.stream().mapToInt(Load::clients).max().orElse(0);
    return Situation.over(network).stream()
        .filter(it -> it.clients() <= most)
        .filter(
            it ->
                loads.stream()
                    .noneMatch(
                        load ->
                            load.clients() == it.clients()
                                && load.updatesPerSecond() == it.updatesPerSecond()))
        .map(it -> new Load(it.clients(), it.updatesPerSecond(), 0))
        .toList();
  }

  /// The cells of `plan` that are measured once at the end, without any repeat.
  static List<Cell> checks(Run.Plan plan) {
    return plan.focus() == null || plan.focus().check() == null
        ? List.of()
        : cells(plan, List.of(plan.focus().check()), judged(plan), firstNetwork(plan));
  }

  /// The cells that `run` holds out of the model, without any repeat.
  static List<Cell> heldOut(Run run) {
    return cells(
        run.plan(),
        run.heldOut().stream()
            .map(it -> new Load(it.clients(), it.updatesPerSecond(), run.plan().seconds()))
            .toList(),
        judged(run.plan()),
        firstNetwork(run.plan()));
  }

  /// The delivery on which the model rests.
  private static List<Delivery> judged(Run.Plan plan) {
    return plan.delivery().stream().toList();
  }

  /// The network on which the model rests; empty for loopback.
  private static List<Network> firstNetwork(Run.Plan plan) {
    return plan.networks().stream().limit(1).toList();
  }

  /// The networks of `plan`, or a single null for loopback, as its cells have it.
  static List<@Nullable Network> networks(Run.Plan plan) {
    return ofCells(plan.networks());
  }

  private static List<@Nullable Network> ofCells(List<Network> networks) {
    return networks.isEmpty()
        ? Collections.singletonList(null)
        : networks.stream()
            .<@Nullable Network>map(network -> network.isLoopback() ? null : network)
            .toList();
  }

  private static List<Load> combinations(Run.Plan plan) {
    return plan.clients().stream()
        .flatMap(
            clients ->
                plan.updatesPerSecond().stream()
                    .map(rate -> new Load(clients, rate, plan.seconds())))
        .toList();
  }

  private static List<Cell> cells(
      Run.Plan plan, List<Load> loads, List<Delivery> deliveries, List<Network> networks) {
    var cells = new ArrayList<Cell>();
    for (@Nullable Network network : ofCells(networks)) {
      cells.addAll(cells(plan, loads, deliveries, network));
    }
    return cells;
  }

  private static List<Cell> cells(
      Run.Plan plan, List<Load> loads, List<Delivery> deliveries, @Nullable Network network) {
    var cells = new ArrayList<Cell>();
    for (Transport transport : plan.transports()) {
      for (@Nullable Long interval : pollIntervals(plan, transport)) {
        for (Load load : loads) {
          for (int tasks : plan.tasks()) {
            for (int payload : plan.payloads()) {
              for (@Nullable Delivery delivery : ofTransport(deliveries, transport)) {
                cells.add(
                    Cell.of(
                        plan,
                        transport,
                        load.clients(),
                        load.updatesPerSecond(),
                        interval,
                        tasks,
                        payload,
                        delivery,
                        network));
              }
            }
          }
        }
      }
    }
    return cells;
  }

  /// The poll intervals of the plan in milliseconds, or a single null for a transport that has
  /// none.
  static List<@Nullable Long> pollIntervals(Run.Plan plan, Transport transport) {
    return transport.asking() == Asking.AT_INTERVALS
        ? new ArrayList<>(plan.pollIntervalsMillis())
        : Collections.singletonList(null);
  }

  /// Those `deliveries`, or a single null for a transport for which they make no difference.
  private static List<@Nullable Delivery> ofTransport(
      List<Delivery> deliveries, Transport transport) {
    return Delivery.concerns(transport) && !deliveries.isEmpty()
        ? new ArrayList<>(deliveries)
        : Collections.singletonList(null);
  }

  /// A number of seconds as plans have them, to the millisecond.
  static Duration seconds(double seconds) {
    return Duration.ofMillis((long) (1000 * seconds));
  }

  private static Run.Plan plan(
      String name,
      List<Integer> clients,
      List<Double> updatesPerSecond,
      double warmUpSeconds,
      double seconds,
      int repeats,
      double idleSeconds,
      long seed) {
    return new Run.Plan(
        name,
        Stream.of(Transport.values()).filter(Transport::isStandard).toList(),
        clients,
        updatesPerSecond,
        List.of(POLL_INTERVAL.toMillis()),
        List.of(1),
        List.of(Cell.PAYLOAD),
        List.of(Delivery.DEFAULT),
        List.of(),
        warmUpSeconds,
        seconds,
        repeats,
        idleSeconds,
        seed,
        null);
  }

  private static Run.Plan focused(Run.Plan plan, Focus focus) {
    return new Run.Plan(
        plan.name(),
        plan.transports(),
        plan.clients(),
        plan.updatesPerSecond(),
        plan.pollIntervalsMillis(),
        plan.tasks(),
        plan.payloads(),
        plan.deliveries(),
        plan.networks(),
        plan.warmUpSeconds(),
        plan.seconds(),
        plan.repeats(),
        plan.idleSeconds(),
        plan.seed(),
        focus);
  }
}
