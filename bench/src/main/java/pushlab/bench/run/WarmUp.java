package pushlab.bench.run;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import pushlab.bench.watch.Target;
import pushlab.bench.watch.Watch;
import pushlab.bench.watch.Workload;
import pushlab.report.result.Run;
import pushlab.report.result.Transport;

/// Lets a new server's just-in-time compiler compile what will be measured. Whether that was enough
/// is seen in each cell, by how much was compiled in it.
final class WarmUp {

  private static final int MOST_CLIENTS = 200;
  private static final double UPDATES_PER_SECOND = 20;

  private WarmUp() {}

  /// Uses every transport of `plan` in turn, at a high rate, for as long as it says, by as many
  /// clients as it has at most and no more than 200: a server that has a thread for each held
  /// request may have no more threads than the plan needs.
  ///
  /// @throws IOException if the server does not take the subscribers
  static void of(Target target, Run.Plan plan) throws IOException, InterruptedException {
    if (plan.warmUpSeconds() == 0) {
      return;
    }
    List<Transport> transports = plan.transports();
    Duration each = Duration.ofMillis((long) (1000 * plan.warmUpSeconds() / transports.size()));
    Duration pollInterval = Duration.ofMillis((long) (1000 / UPDATES_PER_SECOND));
    int clients = Math.min(MOST_CLIENTS, Collections.max(plan.clients()));
    for (Transport transport : transports) {
      var workload = new Workload(transport, clients, UPDATES_PER_SECOND, pollInterval, each);
      try (Watch watch = Watch.connect(target, workload)) {
        watch.measure();
      }
    }
  }
}
