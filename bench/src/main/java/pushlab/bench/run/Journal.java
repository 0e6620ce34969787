package pushlab.bench.run;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.bench.watch.Measured;
import pushlab.bench.watch.Target;
import pushlab.report.Interim;
import pushlab.report.result.Cell;
import pushlab.report.result.Repeat;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Run;
import pushlab.report.result.Said;
import pushlab.report.text.Remark;

/// What a run has measured and remarked so far. A result is written to disk as soon as it is
/// known.
final class Journal {

  private final ResultsFolder folder;
  private final List<Cell> cells;
  private Run run;
  private @Nullable String nothing;

  /// @param cells what was measured before
  Journal(ResultsFolder folder, Run run, List<Cell> cells) {
    this.folder = folder;
    this.run = run;
    this.cells = new ArrayList<>(cells);
  }

  ResultsFolder folder() {
    return folder;
  }

  Run run() {
    return run;
  }

  Run.Plan plan() {
    return run.plan();
  }

  /// The cells of the plan, with what was measured of them so far.
  List<Cell> cells() {
    return List.copyOf(cells);
  }

  /// The same run from now on as `other`.
  void set(Run other) {
    run = other;
  }

  void remark(Said sentence) {
    run = run.with(sentence);
  }

  boolean hasRemarked(Said sentence) {
    return run.remarks().contains(sentence.text());
  }

  /// The cells that each round measures, without any repeat: those of the plan, and those that are
  /// held out of the model.
  List<Cell> planned() {
    return Stream.concat(Plans.cells(plan()).stream(), Plans.heldOut(run).stream()).toList();
  }

  /// Adds the cells that were not measured before.
  void addCells() {
    var ids = cells.stream().map(Cell::id).collect(toSet());
    Stream.concat(planned().stream(), Plans.checks(plan()).stream())
        .filter(cell -> ids.add(cell.id()))
        .forEach(cells::add);
  }

  /// Adds a repeat of `cell`, and writes it to disk.
  void add(Cell cell, Measurement measurement, Target target) throws IOException {
    Measured measured = measurement.measured();
    int number = measurement.repeat().number();
    Cell measuredCell = cell.with(measurement.repeat());
    folder.write(measuredCell, number, measured.latency().raw(), measured.latency().corrected());
    folder.write(measuredCell);
    cells.replaceAll(it -> it.id().equals(cell.id()) ? measuredCell : it);
    if (measured.deliveredNothing()) {
      nothing = "%s: %s".formatted(target, measured.whyNothing(cell.transport()));
    }
    if (measured.firstError() != null) {
      remark(
          Remark.CELL_ERRORS.say(cell, number, measured.faults().errors(), measured.firstError()));
    }
  }

  /// How many repeats all cells have together.
  int repeats() {
    return cells.stream().mapToInt(cell -> cell.repeats().size()).sum();
  }

  /// How long measuring them took.
  double spentSeconds() {
    return cells.stream()
        .flatMap(cell -> cell.repeats().stream())
        .mapToDouble(Repeat::seconds)
        .sum();
  }

  /// What the repeats so far say.
  Interim interim() {
    return Interim.of(
        run,
        cells.stream().filter(cell -> !cell.repeats().isEmpty()).toList(),
        folder.proxies(new ArrayList<>()));
  }

  /// Why no subscriber received any update in the whole run; empty if one did, or if no cell was
  /// measured.
  Optional<String> whyNothing() {
    boolean delivered =
        cells.stream()
            .flatMap(cell -> cell.repeats().stream())
            .anyMatch(repeat -> repeat.deliveries().delivered() > 0);
    return delivered ? Optional.empty() : Optional.ofNullable(nothing);
  }

  /// Writes `run.json`. Returns whether the run has finished.
  boolean write() throws IOException {
    folder.write(run);
    return run.finished();
  }
}
