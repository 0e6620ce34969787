package pushlab.bench.run;

import static java.util.Comparator.comparingInt;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Cell;
import pushlab.report.result.Delivery;
import pushlab.report.result.Network;
import pushlab.report.result.Run;

/// What a cell needs of its server. Cells that need the same share one server process.
///
/// @param delivery how the subscribers of our server wait; empty for another server
/// @param network what lies between the server and its subscribers; null for loopback
record Setup(Optional<Delivery> delivery, @Nullable Network network) {

  /// What the idle clients, JMH and Gatling of `plan` need.
  static Setup overLoopback(Run.Plan plan) {
    return new Setup(plan.delivery(), null);
  }

  /// What `cell` of `plan` needs.
  static Setup of(Run.Plan plan, Cell cell) {
    return new Setup(Optional.ofNullable(cell.delivery()).or(plan::delivery), cell.network());
  }

  /// What `cells` of `plan` need, each once: network by network, and first the delivery on which
  /// verdicts rest.
  static List<Setup> of(Run.Plan plan, List<Cell> cells) {
    List<@Nullable Network> networks = Plans.networks(plan);
    return cells.stream()
        .map(cell -> of(plan, cell))
        .distinct()
        .sorted(
            comparingInt((Setup setup) -> networks.indexOf(setup.network))
                .thenComparing(setup -> !setup.delivery.equals(plan.delivery())))
        .toList();
  }

  /// The round trip of the network; 0 over loopback.
  double roundTripSeconds() {
    return network == null ? 0 : network.roundTripMillis() / 1000;
  }
}
