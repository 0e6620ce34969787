package pushlab.report;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Sentences;
import pushlab.report.judge.Verdict;
import pushlab.report.judge.Verdict.LeftOut;
import pushlab.report.judge.Verdict.Outcome;
import pushlab.report.judge.Verdicts;
import pushlab.report.judge.Workload;
import pushlab.report.result.Transport;
import pushlab.report.stat.Interval;
import pushlab.report.stat.Ratio;
import pushlab.report.stat.Spread;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// The verdicts on one workload as a table: one row for each measure, one column for each cell.
record Answer(
    Workload workload,
    List<CellSummary> cells,
    List<Row> rows,
    List<Transport> transports,
    Cautions cautions) {

  record Row(Measure measure, Verdict verdict, List<Entry> entries) {}

  /// The value of one measure for one cell.
  ///
  /// @param range its interval; null if both ends read the same, or for a single repeat
  /// @param mark `best`, `too-close`, `no-verdict` or empty
  record Entry(String cell, Phrase label, Phrase value, @Nullable Phrase range, String mark) {

    /// A symbol for the mark, so that it is not shown by color alone.
    public String sign() {
      return switch (mark) {
        case "best" -> "★";
        case "too-close" -> "≈";
        default -> "✕";
      };
    }
  }

  static List<Answer> of(Findings findings) {
    Cautions cautions = Cautions.of(findings.all());
    return Verdicts.byWorkload(findings.cells()).entrySet().stream()
        .map(
            entry ->
                new Answer(
                    entry.getKey(),
                    entry.getValue(),
                    findings.verdicts().stream()
                        .filter(verdict -> verdict.workload().equals(entry.getKey()))
                        .map(verdict -> row(verdict, entry.getValue()))
                        .toList(),
                    findings.transports(),
                    cautions))
        .toList();
  }

  /// The verdicts in sentences: what each transport is best for, then the measures without a best
  /// one.
  public List<Phrase> sentences() {
    var sentences = new ArrayList<Phrase>();
    best()
        .forEach(
            (who, what) ->
                sentences.add(Phrase.of("answer.best", Phrase.of(who), Phrase.joined("; ", what))));
    for (Outcome outcome : Outcome.values()) {
      List<Phrase> titles =
          rows.stream()
              .filter(row -> row.verdict().outcome() == outcome)
              .map(Answer::title)
              .toList();
      if (outcome != Outcome.BEST && !titles.isEmpty()) {
        sentences.add(Phrase.of("answer." + outcome.id(), Phrase.joined("; ", titles)));
      }
    }
    sentences.addAll(notes());
    return sentences;
  }

  /// The cells without a verdict, and the cautions that do not hold for every cell.
  List<Phrase> notes() {
    var notes = new ArrayList<Phrase>();
    for (CellSummary cell : cells) {
      if (!cell.unfit().isEmpty()) {
        notes.add(Phrase.of("answer.unfit", cell.phrase(), Phrase.joined("; ", cell.unfit())));
      }
      if (!cell.untimed().isEmpty()) {
        notes.add(Phrase.of("answer.untimed", cell.phrase(), Phrase.joined("; ", cell.untimed())));
      }
    }
    notes.addAll(cautions.among(cells));
    return notes;
  }

  /// How often each transport is best, in a few words.
  public Phrase tally() {
    return Tally.counts(rows.stream().map(Row::verdict).toList());
  }

  /// The transports that were not measured with this workload, or null when all were.
  public @Nullable Phrase notMeasured() {
    List<Phrase> missing =
        transports.stream()
            .filter(transport -> cells.stream().noneMatch(cell -> cell.transport() == transport))
            .map(Phrase::of)
            .toList();
    return missing.isEmpty()
        ? null
        : Phrase.of("answer.not-measured", Phrase.joined(", ", missing));
  }

  private Map<Transport, List<Phrase>> best() {
    var best = new LinkedHashMap<Transport, List<Phrase>>();
    for (Row row : rows) {
      Transport winner = row.verdict().best();
      if (winner != null) {
        best.computeIfAbsent(winner, _ -> new ArrayList<>()).add(withAside(row));
      }
    }
    return best;
  }

  private static Phrase withAside(Row row) {
    var parts = new ArrayList<Phrase>();
    Ratio ratio = row.verdict().ratio();
    if (ratio != null) {
      parts.add(Phrase.of(ratio));
    }
    List<LeftOut> notKnown =
        row.verdict().leftOut().stream()
            .filter(out -> out.why().equals(Verdicts.NOT_KNOWN))
            .toList();
    if (!notKnown.isEmpty()) {
      parts.add(Phrase.of("answer.not-known", Sentences.leftOut(notKnown)));
    }
    return parts.isEmpty()
        ? title(row)
        : Phrase.of("answer.aside", title(row), Phrase.joined("; ", parts));
  }

  private static Phrase title(Row row) {
    return row.measure().phrase().within();
  }

  private static Row row(Verdict verdict, List<CellSummary> cells) {
    return new Row(
        verdict.measure(), verdict, cells.stream().map(cell -> entry(verdict, cell)).toList());
  }

  private static Entry entry(Verdict verdict, CellSummary cell) {
    Measure measure = verdict.measure();
    Spread spread = cell.spread(measure);
    if (spread == null) {
      return new Entry(cell.id(), cell.phrase(), Phrase.of("unknown"), null, mark(verdict, cell));
    }
    Interval interval = spread.interval();
    boolean wide = interval != null && !Text.isOnePoint(interval, measure::text);
    return new Entry(
        cell.id(),
        cell.phrase(),
        measure.phrase(spread.value()),
        wide ? Phrase.of(requireNonNull(interval), measure::text) : null,
        mark(verdict, cell));
  }

  private static String mark(Verdict verdict, CellSummary cell) {
    if (!cell.unfit(verdict.measure()).isEmpty()) {
      return "no-verdict";
    }
    boolean tied = verdict.tied().stream().anyMatch(standing -> standing.cell().equals(cell.id()));
    return switch (verdict.outcome()) {
      case BEST -> tied ? "best" : "";
      case TOO_CLOSE -> tied ? "too-close" : "";
      case NOTHING_TO_COMPARE -> "";
    };
  }
}
