package pushlab.report;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import pushlab.report.advice.Advice;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Measure;
import pushlab.report.judge.RunQuality;
import pushlab.report.judge.Workload;
import pushlab.report.result.Transport;
import pushlab.report.stat.Confidence;
import pushlab.report.text.Phrase;
import pushlab.report.text.Screen;

/// What a run found, as text for a terminal: a table, the six answers, what each delivery costs,
/// and what the machine was like.
public final class TerminalSummary {

  /// What matters first. A narrow screen leaves out the last of them.
  private static final List<Measure> COLUMNS =
      List.of(
          Measure.DELIVERY_MEDIAN,
          Measure.DELIVERY_P99,
          Measure.SERVER_CPU,
          Measure.BYTES,
          Measure.MEMORY);

  /// A table of more workloads shows only those that answers rest on.
  private static final int MANY = 4;

  /// How many cells without a verdict are named.
  private static final int NAMED = 3;

  private static final String GAP = "  ";
  private static final String INDENT = "  ";
  private static final String BEST = "★";

  private final Findings findings;
  private final Screen screen;

  private TerminalSummary(Findings findings, Screen screen) {
    this.findings = findings;
    this.screen = screen;
  }

  static String of(Findings findings, Screen screen) {
    return findings.cells().isEmpty()
        ? screen.say(Phrase.of("tally.nothing"))
        : new TerminalSummary(findings, screen).text();
  }

  /// The answers that there are after some rounds, in one sentence.
  public static Phrase soFar(List<Advice> answers) {
    List<Phrase> found =
        answers.stream()
            .flatMap(
                answer ->
                    Optional.ofNullable(answer.take())
                        .map(Phrase::within)
                        .map(take -> said(answer.brief(), take, answer))
                        .stream())
            .toList();
    return Phrase.of(
        "terminal.so-far",
        found.isEmpty() ? Phrase.of("terminal.nothing-yet") : Phrase.joined("; ", found));
  }

  /// A question, its answer, and in a word each where that comes from and how sure it is.
  private static Phrase said(Phrase question, Phrase answer, Advice advice) {
    Confidence confidence = advice.confidence();
    Phrase said =
        confidence == null
            ? answer
            : Phrase.of(
                "answer.aside",
                answer,
                Phrase.joined(
                    ", ",
                    List.of(
                        Phrase.of("certainty." + advice.certainty().id()),
                        Phrase.of("terminal." + confidence.id()))));
    return Phrase.of("terminal.answer", question, said);
  }

  private String text() {
    return Stream.of(
            List.of(table()),
            notes(),
            answers(),
            networks(),
            road(),
            byDelivery(),
            List.of(machine()))
        .filter(part -> !part.isEmpty())
        .map(part -> String.join("\n", part))
        .collect(joining("\n\n"));
  }

  /// One line of the table; `signs` has one sign for each value.
  private record Line(String label, List<String> values, List<String> signs) {

    String cell(int column) {
      return (signs.get(column) + " " + values.get(column)).strip();
    }
  }

  private String table() {
    List<Answer> shown = shown();
    List<Line> lines =
        shown.stream()
            .flatMap(answer -> answer.cells().stream().map(cell -> line(answer, cell)))
            .toList();
    List<String> heads =
        COLUMNS.stream().map(it -> screen.say(Phrase.of("terminal.column." + it.id()))).toList();
    int label = lines.stream().mapToInt(line -> line.label().length()).max().orElse(0);
    List<Integer> widths = widths(heads, lines);
    int columns = fitting(label, widths);
    var table = new StringBuilder(" ".repeat(label));
    for (int column = 0; column < columns; column++) {
      table.append(GAP).append(right(heads.get(column), widths.get(column)));
    }
    for (Answer answer : shown) {
      table.append('\n').append(screen.strong(screen.say(answer.workload().phrase())));
      for (CellSummary cell : answer.cells()) {
        Line line = line(answer, cell);
        table.append('\n').append(Screen.padded(line.label(), label));
        for (int column = 0; column < columns; column++) {
          String value = right(line.cell(column), widths.get(column));
          boolean best = line.signs().get(column).equals(BEST);
          table.append(GAP).append(best ? screen.best(value) : value);
        }
      }
    }
    return table + "\n" + screen.wrapped("", "", screen.say(Phrase.of("terminal.legend")));
  }

  /// The workloads that the table shows: all if these are few, else those that were measured for
  /// an answer.
  private List<Answer> shown() {
    List<Answer> all = Answer.of(findings);
    Set<Workload> asked =
        findings.advices().stream()
            .filter(advice -> advice.take() != null)
            .flatMap(TerminalSummary::workloads)
            .collect(toSet());
    List<Answer> some = all.stream().filter(it -> asked.contains(it.workload())).toList();
    return all.size() <= MANY || some.isEmpty() ? all : some;
  }

  /// The workload of the answer, if cells of it support the answer.
  private static Stream<Workload> workloads(Advice advice) {
    return advice.grounds().stream()
        .flatMap(sentence -> sentence.links().stream())
        .map(CellSummary::workload)
        .filter(it -> it.over(null).equals(advice.situation().workload().over(null)));
  }

  private Line line(Answer answer, CellSummary cell) {
    var values = new ArrayList<String>();
    var signs = new ArrayList<String>();
    for (Measure measure : COLUMNS) {
      Answer.Entry entry = entry(answer, measure, cell);
      boolean known = cell.spread(measure) != null;
      values.add(known ? screen.say(entry.value()) : "-");
      signs.add(entry.mark().isEmpty() || !known ? "" : entry.sign());
    }
    return new Line(INDENT + screen.say(label(answer, cell)), values, signs);
  }

  private static Answer.Entry entry(Answer answer, Measure measure, CellSummary cell) {
    return answer.rows().stream()
        .filter(row -> row.measure() == measure)
        .flatMap(row -> row.entries().stream())
        .filter(entry -> entry.cell().equals(cell.id()))
        .findFirst()
        .orElseThrow();
  }

  /// The name of the transport; with its poll interval if the workload has several.
  private static Phrase label(Answer answer, CellSummary cell) {
    long alike = answer.cells().stream().filter(it -> it.transport() == cell.transport()).count();
    return alike == 1 ? Phrase.of(cell.transport()) : cell.phrase();
  }

  private static List<Integer> widths(List<String> heads, List<Line> lines) {
    return IntStream.range(0, heads.size())
        .map(
            column ->
                lines.stream()
                    .mapToInt(line -> line.cell(column).length())
                    .reduce(heads.get(column).length(), Math::max))
        .boxed()
        .toList();
  }

  /// How many columns fit, at least one.
  private int fitting(int label, List<Integer> widths) {
    int used = label;
    int columns = 0;
    for (int width : widths) {
      used += GAP.length() + width;
      if (columns > 0 && used > screen.columns()) {
        break;
      }
      columns++;
    }
    return columns;
  }

  private static String right(String text, int width) {
    return " ".repeat(width - text.length()) + text;
  }

  /// The cells without a verdict, the first of them by name, and the cautions that all cells have.
  private List<String> notes() {
    var notes = new ArrayList<String>();
    List<CellSummary> unfit =
        findings.cells().stream().filter(cell -> !cell.unfit().isEmpty()).toList();
    for (CellSummary cell : unfit.subList(0, Math.min(NAMED, unfit.size()))) {
      Phrase name = Phrase.joined(", ", List.of(cell.phrase(), cell.workload().phrase()));
      notes.add(line(Phrase.of("answer.unfit", name, Phrase.joined("; ", cell.unfit()))));
    }
    if (unfit.size() > NAMED) {
      notes.add(line(Phrase.count(unfit.size() - NAMED, "terminal.more-unfit")));
    }
    for (Phrase caution : Cautions.of(findings.all()).ofAll()) {
      notes.add(line(Phrase.joined(" ", List.of(Phrase.of("first.caution"), caution))));
    }
    return notes;
  }

  private List<String> answers() {
    var lines = new ArrayList<String>();
    lines.add(screen.strong(screen.say(Phrase.of("terminal.answers"))));
    for (Advice advice : findings.advices()) {
      Phrase answer = said(advice.title(), advice.headline(), advice);
      answer = with("terminal.as-good", answer, advice.left());
      lines.add(line(with("terminal.omitted", answer, advice.omitted())));
    }
    lines.add(line(Phrase.of("terminal.confidence")));
    return lines;
  }

  /// How late each transport is over each network, with the workload that the report shows first.
  private List<String> networks() {
    return NetworkLines.of(findings, screen);
  }

  /// Which transports get through the proxies that this run has measured.
  private List<String> road() {
    return findings.road().own() ? List.of(RoadSummary.of(findings.road(), screen)) : List.of();
  }

  /// The server's CPU time by delivery, of each transport with its heaviest workload.
  private List<String> byDelivery() {
    List<ByDeliveryTable> tables = ByDeliveryTable.of(findings.byDelivery());
    if (tables.isEmpty()) {
      return List.of();
    }
    var lines = new ArrayList<String>();
    lines.add(screen.strong(screen.say(Phrase.of("delivery.title"))));
    for (ByDeliveryTable table : tables) {
      lines.add(line(Phrase.joined(", ", List.of(table.title(), table.sentences().getFirst()))));
    }
    ByDeliveryTable.judged(findings).map(this::line).ifPresent(lines::add);
    return lines;
  }

  private static Phrase with(String key, Phrase answer, List<Transport> transports) {
    List<Phrase> names = transports.stream().map(Phrase::within).toList();
    return names.isEmpty() ? answer : Phrase.of(key, answer, Phrase.joined(", ", names));
  }

  private String machine() {
    RunQuality quality = findings.quality();
    Phrase grade = Phrase.of("page.quality." + quality.grade().id());
    return line(
        quality.reasons().isEmpty()
            ? grade
            : Phrase.joined(" ", List.of(grade, Phrase.joined("; ", quality.reasons()))));
  }

  private String line(Phrase phrase) {
    return screen.wrapped("", INDENT + INDENT, screen.say(phrase));
  }
}
