package pushlab.bench.run;

import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import pushlab.bench.host.Reason;
import pushlab.bench.watch.WatchLoad;
import pushlab.report.judge.Workload;
import pushlab.report.result.Cell;
import pushlab.report.text.Phrase;
import pushlab.report.text.Remark;

/// One round of a run: measures cells once each, against a new server process for each
/// delivery and network.
final class Round {

  private static final double SECONDS_AROUND_A_CELL = 1.5;
  private static final double SECONDS_TO_START = 1.5;

  private final int number;
  private final Journal journal;
  private final Starter starter;
  private final Progress progress;
  private final Pace pace;
  private final Set<String> checks;

  /// Starts a server, or finds one that runs.
  interface Starter {
    /// A server of ours that is set up so, or another server if that has no delivery.
    ServerUnderTest start(Setup setup) throws IOException, InterruptedException;
  }

  /// @param number from 1
  Round(int number, Journal journal, Starter starter, Progress progress, Pace pace) {
    this.number = number;
    this.journal = journal;
    this.starter = starter;
    this.progress = progress;
    this.pace = pace;
    this.checks = Plans.checks(journal.plan()).stream().map(Cell::id).collect(toSet());
  }

  /// How long a round of all `cells` is expected to take.
  static double expectedSeconds(Journal journal, List<Cell> cells) {
    return Setup.of(journal.plan(), cells).size() * expectedStart(journal)
        + cells.stream().mapToDouble(cell -> expectedSeconds(journal, cell)).sum();
  }

  private static double expectedStart(Journal journal) {
    return SECONDS_TO_START + journal.plan().warmUpSeconds();
  }

  private static double expectedSeconds(Journal journal, Cell cell) {
    return journal.plan().seconds(cell.clients(), cell.updatesPerSecond())
        + SECONDS_AROUND_A_CELL
        + roundTrips(cell.clients()) * Setup.of(journal.plan(), cell).roundTripSeconds();
  }

  /// How many round trips so many clients take to connect, to get the last update and to leave.
  private static int roundTrips(int clients) {
    return 2 * (1 + clients / 100) + 3;
  }

  /// Whether there is time for a new server process and one of `due` at least.
  boolean hasTimeForOneOf(List<Cell> due) {
    return due.stream().anyMatch(cell -> hasTimeFor(cell, expectedStart(journal)));
  }

  /// The first round measures everything but checks, however long that takes.
  private boolean hasTimeFor(Cell cell, double before) {
    return (number == 1 && !checks.contains(cell.id()))
        || pace.hasTimeFor(before + expectedSeconds(journal, cell));
  }

  /// Measures those of `due` for which there is time. If the server process ends by itself, the
  /// cells that are left get a new one. Servers of several deliveries and networks follow each
  /// other, in turn in one order or in the other.
  void measure(List<Cell> due) throws IOException, InterruptedException {
    List<Setup> setups = Setup.of(journal.plan(), due);
    for (Setup setup : number % 2 == 0 ? setups.reversed() : setups) {
      List<Cell> left =
          due.stream().filter(cell -> Setup.of(journal.plan(), cell).equals(setup)).toList();
      while (hasTimeForOneOf(left)) {
        left = measureUntilTheServerDies(setup, left);
      }
    }
  }

  private List<Cell> measureUntilTheServerDies(Setup setup, List<Cell> due)
      throws IOException, InterruptedException {
    progress.step(Phrase.of("progress.warm-up", number), expectedStart(journal));
    try (ServerUnderTest subject = starter.start(setup)) {
      if (number == 1) {
        subject.saidHold().ifPresent(hold -> journal.set(journal.run().with(hold.time())));
      }
      subject.notKnown().stream()
          .map(Remark::say)
          .filter(sentence -> !journal.hasRemarked(sentence))
          .forEach(journal::remark);
      warmUp(subject);
      calibrate(subject, setup);
      progress.done();
      for (int next = 0; next < due.size(); next++) {
        Cell cell = due.get(next);
        if (hasTimeFor(cell, 0)) {
          measure(subject, cell);
        }
        if (subject.hasDied()) {
          journal.remark(Remark.SERVER_ENDED.say(cell, number));
          return due.subList(next + 1, due.size());
        }
      }
      return List.of();
    }
  }

  private void warmUp(ServerUnderTest subject) throws InterruptedException {
    try {
      WarmUp.of(subject, journal.plan());
    } catch (IOException e) {
      stopIfInterrupted();
      journal.remark(Remark.NOT_WARMED_UP.say(number, Reason.of(e)));
    }
  }

  private void calibrate(ServerUnderTest subject, Setup setup) throws InterruptedException {
    if (setup.network() != null && subject.meter() != null) {
      new NetworkRemarks(journal).calibrate(subject.meter(), setup.network(), number);
    }
  }

  private void measure(ServerUnderTest subject, Cell cell) throws InterruptedException {
    progress.step(Phrase.of("progress.cell", number, title(cell)), expectedSeconds(journal, cell));
    try {
      Measurement measurement = Measurement.of(subject, workload(cell), number);
      journal.add(cell, measurement, subject.target());
      new NetworkRemarks(journal).measured(cell, measurement.repeat());
    } catch (IOException e) {
      stopIfInterrupted();
      journal.remark(Remark.CELL_FAILED.say(cell, number, Reason.of(e)));
    }
    progress.done();
  }

  private Phrase title(Cell cell) {
    var parts = new ArrayList<Phrase>();
    parts.add(Phrase.of(cell.transport()));
    parts.add(Workload.of(cell).phrase());
    if (cell.delivery() != null && journal.plan().deliveries().size() > 1) {
      parts.add(Phrase.of(cell.delivery()).within());
    }
    return Phrase.joined(", ", parts);
  }

  private WatchLoad workload(Cell cell) {
    return new WatchLoad(
        cell.transport(),
        cell.clients(),
        cell.updatesPerSecond(),
        Duration.ofMillis(requireNonNullElse(cell.pollIntervalMillis(), 0L)),
        cell.tasks(),
        cell.payload(),
        Plans.seconds(journal.plan().seconds(cell.clients(), cell.updatesPerSecond())));
  }

  /// An interrupt may have made a write fail, or may not have been noticed yet.
  static void stopIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
