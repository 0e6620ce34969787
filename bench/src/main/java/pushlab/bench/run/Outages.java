package pushlab.bench.run;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import pushlab.bench.host.Reason;
import pushlab.bench.watch.CameThrough;
import pushlab.bench.watch.Line;
import pushlab.bench.watch.Watch;
import pushlab.bench.watch.WatchLoad;
import pushlab.report.result.Network;
import pushlab.report.result.Outage;
import pushlab.report.result.Percentiles;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Run;
import pushlab.report.result.Said;
import pushlab.report.result.Transport;
import pushlab.report.text.Phrase;
import pushlab.report.text.Remark;

/// Measures how clients of each transport connect over each network of a plan, and how they come
/// through an outage of it. Over loopback there is nothing to measure.
final class Outages {

  /// As many as connect at the same time, so that none waits for another.
  static final int MOST_CLIENTS = 100;

  private static final Duration LENGTH = Duration.ofSeconds(5);

  /// TCP sends again after twice the time each time, so the last packet that was lost in the outage
  /// is sent again after at most as long as that lasted. If it is lost too, the next one takes
  /// twice as long.
  private static final Duration LONGEST_WAIT = LENGTH.multipliedBy(3);

  private static final double USUAL_WAIT_SECONDS = 3;
  private static final double SECONDS_AROUND = 1.5;
  private static final double SECONDS_TO_START = 3;

  /// How long all of them may be expected to take together.
  private static final double LONGEST_SECONDS = 240;

  private final ResultsFolder folder;
  private final Run.Plan plan;
  private final Round.Starter starter;
  private final Consumer<Said> remark;

  private record Trial(Network network, Transport transport) {

    Phrase phrase() {
      return Phrase.joined(", ", List.of(Phrase.of(transport), Phrase.verbatim(network.name())));
    }

    String id() {
      return transport.id() + "-" + network.name();
    }
  }

  /// @param remark receives a sentence about each failure
  Outages(ResultsFolder folder, Run.Plan plan, Round.Starter starter, Consumer<Said> remark) {
    this.folder = folder;
    this.plan = plan;
    this.starter = starter;
    this.remark = remark;
  }

  /// What they are expected to take together.
  static double expectedSeconds(Run.Plan plan) {
    List<Trial> trials = inTime(plan);
    return trials.stream().mapToDouble(Outages::expectedSeconds).sum()
        + trials.stream().map(Trial::network).distinct().count() * SECONDS_TO_START;
  }

  private static double expectedSeconds(Trial trial) {
    return LENGTH.toSeconds()
        + USUAL_WAIT_SECONDS
        + SECONDS_AROUND
        + 6 * trial.network().roundTripMillis() / 1000;
  }

  /// Each transport over each network; the transports of the first network come first.
  private static List<Trial> all(Run.Plan plan) {
    return Plans.networks(plan).stream()
        .filter(Objects::nonNull)
        .flatMap(network -> plan.transports().stream().map(each -> new Trial(network, each)))
        .toList();
  }

  /// As many of them as are expected to end in time.
  private static List<Trial> inTime(Run.Plan plan) {
    double seconds = 0;
    var kept = new ArrayList<Trial>();
    for (Trial trial : all(plan)) {
      seconds += expectedSeconds(trial);
      if (seconds <= LONGEST_SECONDS) {
        kept.add(trial);
      }
    }
    return kept;
  }

  void measure(Progress progress) throws IOException, InterruptedException {
    List<Trial> trials = inTime(plan);
    for (Network network : trials.stream().map(Trial::network).distinct().toList()) {
      try (ServerUnderTest subject = starter.start(new Setup(plan.delivery(), network))) {
        for (Trial trial : trials) {
          if (trial.network().equals(network)) {
            measure(subject, trial, progress);
          }
        }
      }
    }
    List<Trial> left = all(plan).stream().filter(trial -> !trials.contains(trial)).toList();
    if (!left.isEmpty()) {
      remark.accept(
          Remark.OUTAGES_LEFT_OUT.say(
              Math.round(LONGEST_SECONDS), left.stream().map(Trial::id).collect(joining(", "))));
    }
  }

  private void measure(ServerUnderTest subject, Trial trial, Progress progress)
      throws InterruptedException {
    progress.step(Phrase.of("progress.outage", trial.phrase()), expectedSeconds(trial));
    try {
      folder.write(outage(subject, trial));
    } catch (IOException e) {
      Round.stopIfInterrupted();
      remark.accept(
          Remark.OUTAGE_FAILED.say(trial.network().name(), trial.transport(), Reason.of(e)));
    }
    progress.done();
  }

  private Outage outage(ServerUnderTest subject, Trial trial)
      throws IOException, InterruptedException {
    int clients = Math.min(MOST_CLIENTS, Collections.max(plan.clients()));
    Duration pollInterval = Duration.ofMillis(plan.pollIntervalsMillis().getFirst());
    var load = new WatchLoad(trial.transport(), clients, 1, pollInterval, Duration.ofSeconds(1));
    Duration atMost =
        LONGEST_WAIT
            .plus(pollInterval)
            .plusMillis(Math.round(2 * trial.network().roundTripMillis()));
    try (Watch watch = Watch.connect(subject.target(), load)) {
      Percentiles connected = Percentiles.of(watch.connectMicros());
      Line line = requireNonNull(subject.meter()).line();
      CameThrough came = line == null ? null : watch.comeThrough(line, LENGTH, atMost);
      return new Outage(
          trial.transport(),
          trial.network(),
          clients,
          came == null ? null : came.seconds(),
          atMost.toMillis() / 1000.0,
          connected,
          came == null ? null : Percentiles.of(came.recoveredMicros()),
          came == null ? 0 : came.missing(),
          came == null ? 0 : came.ended());
    }
  }
}
