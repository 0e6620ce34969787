package pushlab.report;

import static java.util.stream.Collectors.toSet;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import pushlab.report.judge.Caution;
import pushlab.report.judge.Caution.Kind;
import pushlab.report.judge.CellSummary;
import pushlab.report.stat.Interval;
import pushlab.report.text.Phrase;

/// The cautions of a run's cells. One that holds for every cell is said once.
///
/// @param everywhere what holds for every cell
record Cautions(List<CellSummary> cells, Set<Kind> everywhere) {

  /// @param cells all cells of the run
  static Cautions of(List<CellSummary> cells) {
    return new Cautions(
        cells,
        Arrays.stream(Kind.values())
            .filter(kind -> cells.size() > 1 && with(kind, cells).size() == cells.size())
            .collect(toSet()));
  }

  /// The cautions that hold for every cell.
  List<Phrase> ofAll() {
    return everywhere.stream().sorted().map(kind -> kind.phrase(values(kind, cells))).toList();
  }

  /// The cautions of `cell` alone.
  List<Phrase> of(CellSummary cell) {
    return cell.cautions().stream()
        .filter(caution -> !everywhere.contains(caution.kind()))
        .map(Caution::phrase)
        .toList();
  }

  /// The other cautions of `some` cells, each with the cells for which it holds.
  List<Phrase> among(List<CellSummary> some) {
    return Arrays.stream(Kind.values())
        .filter(kind -> !everywhere.contains(kind) && !with(kind, some).isEmpty())
        .map(kind -> said(kind, with(kind, some)))
        .toList();
  }

  private static Phrase said(Kind kind, List<CellSummary> cells) {
    return Phrase.of(
        "answer.caution",
        Phrase.joined(", ", cells.stream().map(CellSummary::phrase).toList()),
        kind.phrase(values(kind, cells)));
  }

  private static List<CellSummary> with(Kind kind, List<CellSummary> cells) {
    return cells.stream().filter(cell -> all(kind, cell).findAny().isPresent()).toList();
  }

  private static Interval values(Kind kind, List<CellSummary> cells) {
    var values =
        cells.stream()
            .flatMap(cell -> all(kind, cell))
            .mapToDouble(Caution::value)
            .summaryStatistics();
    return new Interval(values.getMin(), values.getMax());
  }

  private static Stream<Caution> all(Kind kind, CellSummary cell) {
    return cell.cautions().stream().filter(caution -> caution.kind() == kind);
  }
}
