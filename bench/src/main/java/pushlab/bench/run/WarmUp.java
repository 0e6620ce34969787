package pushlab.bench.run;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import pushlab.bench.watch.Target;
import pushlab.bench.watch.Watch;
import pushlab.bench.watch.WatchLoad;
import pushlab.report.result.Run;
import pushlab.report.result.Transport;

/// Loads a new server so that its just-in-time compiler compiles what will be measured. Each cell
/// records its compile time, which shows whether the warm-up was long enough.
final class WarmUp {

  private static final int MOST_CLIENTS = 200;
  private static final double UPDATES_PER_SECOND = 20;

  private WarmUp() {}

  /// Uses each transport of `plan` in turn at a high update rate, for the warm-up time of the plan.
  /// There are as many clients as the plan has at most, up to 200. More could exceed the threads of
  /// a server that has one for each held request.
  ///
  /// @throws IOException if the server does not accept the subscribers
  static void of(Target target, Run.Plan plan) throws IOException, InterruptedException {
    if (plan.warmUpSeconds() == 0) {
      return;
    }
    List<Transport> transports = plan.transports();
    Duration each = Plans.seconds(plan.warmUpSeconds() / transports.size());
    Duration pollInterval = Plans.seconds(1 / UPDATES_PER_SECOND);
    int clients = Math.min(MOST_CLIENTS, Collections.max(plan.clients()));
    for (Transport transport : transports) {
      var workload = new WatchLoad(transport, clients, UPDATES_PER_SECOND, pollInterval, each);
      try (Watch watch = Watch.connect(target, workload)) {
        watch.measure();
      }
    }
  }
}
