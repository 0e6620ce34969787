package pushlab.bench.run;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Supplier;
import pushlab.bench.host.Accounting.CpuTime;
import pushlab.bench.host.Processes.Usage;
import pushlab.bench.watch.Target;
import pushlab.bench.watch.Watch;
import pushlab.bench.watch.WatchLoad;
import pushlab.report.result.Run;
import pushlab.report.result.Transport;

/// Loads a new server so that its just-in-time compiler compiles what will be measured. Each cell
/// records its compile time, which shows whether the warm-up was long enough.
final class WarmUp {

  /// A slice in which compiling took no more than this share of the server's CPU time is the last.
  /// It is the share from which on a report says that a warm-up was short.
  static final double COMPILED = 0.10;

  private static final int MOST_CLIENTS = 200;
  private static final double UPDATES_PER_SECOND = 20;
  private static final double SLICE_SECONDS = 0.5;

  private final Target target;
  private final Run.Plan plan;
  private final Supplier<Optional<Usage>> usage;

  private WarmUp(Target target, Run.Plan plan, Supplier<Optional<Usage>> usage) {
    this.target = target;
    this.plan = plan;
    this.usage = usage;
  }

  /// Uses all transports of `plan` by turns at a high update rate, half a second each, until the
  /// server has almost stopped compiling, or for the warm-up time of the plan. It is that time too
  /// for a server that is not a JVM, or whose compilers cannot be observed. There are as many
  /// clients as the plan has at most, up to 200. More could exceed the threads of a server that
  /// has one for each held request. No network is shaped between them and the server: compiling
  /// does not depend on it.
  ///
  /// @throws IOException if the server does not accept the subscribers
  static void of(ServerUnderTest subject, Run.Plan plan) throws IOException, InterruptedException {
    boolean compiles = !subject.jvms().isEmpty();
    of(subject.direct(), plan, compiles ? subject::usage : Optional::empty);
  }

  /// The same for a server whose CPU time is `usage`; empty if it is unknown.
  static void of(Target target, Run.Plan plan, Supplier<Optional<Usage>> usage)
      throws IOException, InterruptedException {
    if (plan.warmUpSeconds() > 0) {
      new WarmUp(target, plan, usage).run();
    }
  }

  private void run() throws IOException, InterruptedException {
    long end = System.nanoTime() + Plans.seconds(plan.warmUpSeconds()).toNanos();
    boolean compiling = true;
    for (int round = 0; compiling && (round == 0 || System.nanoTime() < end); round++) {
      Optional<Usage> before = usage.get();
      for (Transport transport : plan.transports()) {
        if (round == 0 || System.nanoTime() < end) {
          use(transport);
        }
      }
      compiling = compilesSince(before);
    }
  }

  private void use(Transport transport) throws IOException, InterruptedException {
    int clients = Math.min(MOST_CLIENTS, Collections.max(plan.clients()));
    Duration pollInterval = Plans.seconds(1 / UPDATES_PER_SECOND);
    Duration slice =
        Plans.seconds(Math.min(SLICE_SECONDS, plan.warmUpSeconds() / plan.transports().size()));
    var workload = new WatchLoad(transport, clients, UPDATES_PER_SECOND, pollInterval, slice);
    try (Watch watch = Watch.connect(target, workload)) {
      watch.measure();
    }
  }

  /// Whether the server still compiles, or may do so: a JVM whose compilers have used nothing
  /// since it started is one whose threads the system does not name.
  private boolean compilesSince(Optional<Usage> before) {
    Optional<Usage> after = usage.get();
    if (before.isEmpty() || after.isEmpty() || !after.get().compiled().isPositive()) {
      return true;
    }
    CpuTime used = after.get().since(before.get());
    return used.compilers().toNanos() > COMPILED * used.all().toNanos();
  }
}
