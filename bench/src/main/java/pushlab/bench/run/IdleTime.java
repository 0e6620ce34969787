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
import pushlab.bench.watch.WatchLoad;
import pushlab.report.result.Idle;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Run;
import pushlab.report.result.Said;
import pushlab.report.result.Transport;
import pushlab.report.text.Phrase;
import pushlab.report.text.Remark;

/// Measures what connected clients cost while nothing changes, one transport after the other, with
/// the greatest number of clients of the plan.
final class IdleTime {

  /// Short polling repeats itself each interval, so a few intervals are enough.
  private static final int POLL_INTERVALS = 10;

  private static final double LONGEST_ALONE_SECONDS = 10;
  private static final double SECONDS_AROUND = 2;

  private final ResultsFolder folder;
  private final Run.Plan plan;
  private final ServerUnderTest subject;
  private final Consumer<Said> remark;

  /// @param remark receives a sentence about each failure
  IdleTime(ResultsFolder folder, Run.Plan plan, ServerUnderTest subject, Consumer<Said> remark) {
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
    progress.step(
        Phrase.of("progress.idle", Phrase.of("progress.no-client")),
        plan.warmUpSeconds() + aloneSeconds(plan));
    WarmUp.of(subject, plan);
    Double alone = alone();
    progress.done();
    for (Clients clients : clients(plan)) {
      progress.step(
          Phrase.of("progress.idle", clients.phrase()), clients.seconds(plan) + SECONDS_AROUND);
      try {
        folder.write(measure(clients, alone));
      } catch (IOException e) {
        remark.accept(Remark.IDLE_FAILED.say(clients.id(), Reason.of(e)));
      }
      progress.done();
    }
  }

  /// The server's CPU time for each second without any client, in microseconds. Compilers are left
  /// out.
  private @Nullable Double alone() throws InterruptedException {
    Optional<Usage> before = subject.usage();
    Thread.sleep(Plans.seconds(aloneSeconds(plan)));
    Long used = since(before);
    return used == null ? null : used / aloneSeconds(plan);
  }

  private Idle measure(Clients clients, @Nullable Double alone)
      throws IOException, InterruptedException {
    Duration length = Plans.seconds(clients.seconds(plan));
    var workload =
        new WatchLoad(
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
          counted.traffic().requests(),
          counted.traffic().bytesOut(),
          counted.traffic().bytesIn(),
          cpu,
          alone,
          counted.faults().errors(),
          counted.faults().disconnects());
    }
  }

  private @Nullable Long since(Optional<Usage> before) {
    return before
        .flatMap(then -> subject.usage().map(now -> now.since(then)))
        .map(used -> used.withoutCompilers().toNanos() / 1000)
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

    Phrase phrase() {
      return Phrase.of(transport, pollIntervalMillis);
    }

    double seconds(Run.Plan plan) {
      return pollIntervalMillis == null
          ? plan.idleSeconds()
          : Math.min(plan.idleSeconds(), POLL_INTERVALS * pollIntervalMillis / 1000.0);
    }
  }
}
