package pushlab.report;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import pushlab.report.Verdict.LeftOut;
import pushlab.report.Verdict.Outcome;
import pushlab.report.result.Transport;

/// The verdicts on one workload, laid out as a table: a row a measure, a column a cell.
record Answer(Workload workload, List<CellSummary> cells, List<Row> rows) {

  record Row(Measure measure, Verdict verdict, List<Entry> entries) {}

  /// One cell's value of one measure.
  ///
  /// @param range its interval; empty where both ends read the same, and for a single repeat
  /// @param mark `best`, `too close`, `no verdict` or empty
  record Entry(String cell, String value, String range, String mark) {

    /// The mark's shape, so that no mark is colour alone.
    public String sign() {
      return switch (mark) {
        case "best" -> "★";
        case "too close" -> "≈";
        default -> "✕";
      };
    }
  }

  static List<Answer> of(Findings findings) {
    return Verdicts.byWorkload(findings.cells()).entrySet().stream()
        .map(
            entry ->
                new Answer(
                    entry.getKey(),
                    entry.getValue(),
                    findings.verdicts().stream()
                        .filter(verdict -> verdict.workload().equals(entry.getKey()))
                        .map(verdict -> row(verdict, entry.getValue()))
                        .toList()))
        .toList();
  }

  /// The answer in sentences: what each transport is best at, then what nobody can tell.
  public List<String> sentences() {
    var sentences = new ArrayList<String>();
    best().forEach((who, what) -> sentences.add(who + " is best in " + join(what)));
    titles(Outcome.TOO_CLOSE).forEach(titles -> sentences.add("Too close to call: " + titles));
    titles(Outcome.ONE_REPEAT)
        .forEach(titles -> sentences.add("One repeat, cannot tell how sure: " + titles));
    titles(Outcome.NOT_PUBLISHABLE)
        .forEach(
            titles -> sentences.add("No verdict, since the run is not publishable: " + titles));
    titles(Outcome.NOTHING_TO_COMPARE)
        .forEach(titles -> sentences.add("No verdict, too few to compare: " + titles));
    sentences.addAll(notes());
    return sentences;
  }

  /// On which cells no verdict may rest, and which a reader should not trust too far.
  List<String> notes() {
    var notes = new ArrayList<String>();
    for (CellSummary cell : cells) {
      note(notes, "No verdict on " + cell.label(), cell.unfit());
      note(notes, "Caution with " + cell.label(), cell.cautions());
    }
    return notes;
  }

  private static void note(List<String> notes, String head, List<String> why) {
    if (!why.isEmpty()) {
      notes.add(head + ": " + String.join("; ", why));
    }
  }

  /// The transports that were not measured with this workload.
  public String notMeasured() {
    return Arrays.stream(Transport.values())
        .filter(transport -> cells.stream().noneMatch(cell -> cell.transport() == transport))
        .map(Transport::title)
        .collect(joining(", "));
  }

  private Map<String, List<String>> best() {
    var best = new LinkedHashMap<String, List<String>>();
    for (Row row : rows) {
      if (row.verdict().outcome() == Outcome.BEST) {
        best.computeIfAbsent(row.verdict().standings().getFirst().label(), _ -> new ArrayList<>())
            .add(title(row) + aside(row.verdict()));
      }
    }
    return best;
  }

  private static String aside(Verdict verdict) {
    var parts = new ArrayList<String>();
    Ratio ratio = verdict.ratio();
    if (ratio != null) {
      parts.add(ratio.text());
    }
    String notKnown =
        verdict.leftOut().stream()
            .filter(out -> out.why().equals(Verdicts.NOT_KNOWN))
            .map(LeftOut::label)
            .collect(joining(", "));
    if (!notKnown.isEmpty()) {
      parts.add("not known for " + notKnown);
    }
    return parts.isEmpty() ? "" : " (" + String.join("; ", parts) + ")";
  }

  private List<String> titles(Outcome outcome) {
    List<String> titles =
        rows.stream().filter(row -> row.verdict().outcome() == outcome).map(Answer::title).toList();
    return titles.isEmpty() ? List.of() : List.of(join(titles));
  }

  private static String title(Row row) {
    String title = row.measure().title();
    return title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
  }

  private static String join(List<String> parts) {
    return String.join("; ", parts);
  }

  private static Row row(Verdict verdict, List<CellSummary> cells) {
    return new Row(
        verdict.measure(), verdict, cells.stream().map(cell -> entry(verdict, cell)).toList());
  }

  private static Entry entry(Verdict verdict, CellSummary cell) {
    Measure measure = verdict.measure();
    Spread spread = cell.spread(measure);
    if (spread == null) {
      return new Entry(cell.id(), "not known", "", mark(verdict, cell));
    }
    Interval interval = spread.interval();
    String range = interval == null ? "" : interval.text(measure::text);
    return new Entry(cell.id(), measure.text(spread.value()), range, mark(verdict, cell));
  }

  private static String mark(Verdict verdict, CellSummary cell) {
    if (!cell.unfit().isEmpty()) {
      return "no verdict";
    }
    boolean tied = verdict.tied().stream().anyMatch(standing -> standing.cell().equals(cell.id()));
    return switch (verdict.outcome()) {
      case BEST -> tied ? "best" : "";
      case TOO_CLOSE -> tied ? "too close" : "";
      case ONE_REPEAT, NOT_PUBLISHABLE, NOTHING_TO_COMPARE -> "";
    };
  }
}
