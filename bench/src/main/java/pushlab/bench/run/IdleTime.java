package pushlab.bench.run;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pushlab.bench.host.Processes.Usage;
import pushlab.bench.host.Reason;
import pushlab.bench.watch.Watch;
import pushlab.bench.watch.Watch.Counted;
import pushlab.bench.watch.Workload;
import pushlab.report.result.Idle;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Run;
import pushlab.report.result.Said;
import pushlab.report.result.Transport;
import pushlab.report.text.Remark;

/// What clients cost that are connected while nothing changes: the plan's greatest number of them,
/// one transport after the other.
final class IdleTime {

  /// A poll interval comes so often that a few of them tell all.
  private static final int POLL_INTERVALS = 10;

  private static final double LONGEST_ALONE_SECONDS = 10;
  private static final double SECONDS_AROUND = 2;

  private final ResultsFolder folder;
  private final Run.Plan plan;
  private final Subject subject;
  private final Consumer<Said> remark;

  /// Of `subject`, by `plan`.
  ///
  /// @param remark is told of what fails
  IdleTime(ResultsFolder folder, Run.Plan plan, Subject subject, Consumer<Said> remark) {
    this.folder = folder;
    this.plan = plan;
    this.subject = subject;
    this.remark = remark;
  }

  static double expectedSeconds(Run.Plan plan) {
    if (plan.idleSeconds() == 0) {
      return 0;
    }
    double seconds = plan.warmUpSeconds() + aloneSeconds(plan);
    for (Clients clients : clients(plan)) {
      seconds += clients.seconds(plan) + SECONDS_AROUND;
    }
    return seconds;
  }

  void measure(Progress progress) throws IOException, InterruptedException {
    progress.step("nobody connected");
    WarmUp.of(subject.target(), plan);
    Double alone = alone();
    progress.done(plan.warmUpSeconds() + aloneSeconds(plan));
    for (Clients clients : clients(plan)) {
      progress.step("nothing changes: " + clients.id());
      try {
        folder.write(measure(clients, alone));
      } catch (IOException e) {
        remark.accept(Remark.IDLE_FAILED.say(clients.id(), Reason.of(e)));
      }
      progress.done(clients.seconds(plan) + SECONDS_AROUND);
    }
  }

  /// CPU time, but for compiling, that the server uses each second while nobody is connected, in
  /// microseconds.
  private @Nullable Double alone() throws InterruptedException {
    Optional<Usage> before = subject.usage();
    Thread.sleep(Duration.ofMillis((long) (1000 * aloneSeconds(plan))));
    Long used = since(before);
    return used == null ? null : used / aloneSeconds(plan);
  }

  private Idle measure(Clients clients, @Nullable Double alone)
      throws IOException, InterruptedException {
    Duration length = Duration.ofMillis((long) (1000 * clients.seconds(plan)));
    var workload =
        new Workload(
            clients.transport(),
            Collections.max(plan.clients()),
            1,
            Duration.ofMillis(requireNonNullElse(clients.pollIntervalMillis(), 0L)),
            length);
    try (Watch watch = Watch.connect(subject.target(), workload)) {
      Optional<Usage> before = subject.usage();
      Counted counted = watch.idle(length);
      Long cpu = since(before);
      if (counted.firstError() != null) {
        remark.accept(Remark.IDLE_FAILED.say(clients.id(), counted.firstError()));
      }
      return new Idle(
          clients.id(),
          clients.transport(),
          workload.clients(),
          clients.pollIntervalMillis(),
          counted.seconds(),
          counted.requests(),
          counted.bytesOut(),
          counted.bytesIn(),
          cpu,
          alone,
          counted.errors(),
          counted.disconnects());
    }
  }

  private @Nullable Long since(Optional<Usage> before) {
    return before
        .flatMap(then -> subject.usage().map(now -> now.since(then)))
        .map(used -> used.all().minus(used.compilers()).toNanos() / 1000)
        .orElse(null);
  }

  private static double aloneSeconds(Run.Plan plan) {
    return Math.min(LONGEST_ALONE_SECONDS, plan.idleSeconds());
  }

  private static List<Clients> clients(Run.Plan plan) {
    var all = new ArrayList<Clients>();
    for (Transport transport : plan.transports()) {
      for (@Nullable Long interval : Plans.pollIntervals(plan, transport)) {
        all.add(new Clients(transport, interval));
      }
    }
    return all;
  }

  private record Clients(Transport transport, @Nullable Long pollIntervalMillis) {

    String id() {
      return pollIntervalMillis == null
          ? transport.id()
          : "%s-every-%d-ms".formatted(transport.id(), pollIntervalMillis);
    }

    double seconds(Run.Plan plan) {
      return pollIntervalMillis == null
          ? plan.idleSeconds()
          : Math.min(plan.idleSeconds(), POLL_INTERVALS * pollIntervalMillis / 1000.0);
    }
  }
}
