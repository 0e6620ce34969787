package pushlab.bench.run;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Cell;
import pushlab.report.result.Delivery;
import pushlab.report.result.Network;
import pushlab.report.result.Run;
import pushlab.report.result.Run.Focus;
import pushlab.report.result.Run.Load;
import pushlab.report.result.Transport;

/// Plans that take seconds.
final class SmallPlans {

  static final List<Transport> TRANSPORTS =
      List.of(Transport.LONG_POLLING, Transport.SERVER_SENT_EVENTS);

  private SmallPlans() {}

  /// Two transports with five clients and ten updates a second, one round at least.
  static Run.Plan of(double warmUpSeconds, @Nullable Focus focus) {
    return of(warmUpSeconds, List.of(Delivery.DEFAULT), focus);
  }

  static Run.Plan of(double warmUpSeconds, List<Delivery> deliveries, @Nullable Focus focus) {
    return new Run.Plan(
        "own",
        TRANSPORTS,
        List.of(5, 10),
        List.of(10.0),
        List.of(100L),
        List.of(1),
        List.of(Cell.PAYLOAD),
        deliveries,
        List.of(),
        warmUpSeconds,
        0.5,
        1,
        0,
        1,
        focus);
  }

  /// `plan` over those networks.
  static Run.Plan over(Run.Plan plan, Network... networks) {
    return new Run.Plan(
        plan.name(),
        plan.transports(),
        plan.clients(),
        plan.updatesPerSecond(),
        plan.pollIntervalsMillis(),
        plan.tasks(),
        plan.payloads(),
        plan.deliveries(),
        List.of(networks),
        plan.warmUpSeconds(),
        plan.seconds(),
        plan.repeats(),
        plan.idleSeconds(),
        plan.seed(),
        plan.focus());
  }

  static Focus focus(@Nullable Double budgetSeconds) {
    return new Focus(List.of(new Load(5, 10, 0.5)), new Load(10, 10, 0.3), budgetSeconds);
  }
}
