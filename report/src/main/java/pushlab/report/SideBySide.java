package pushlab.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Change;
import pushlab.report.judge.Change.Outcome;
import pushlab.report.judge.Measure;
import pushlab.report.judge.RunQuality;
import pushlab.report.judge.RunQuality.Grade;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Run;
import pushlab.report.text.Language;
import pushlab.report.text.Phrase;
import pushlab.report.text.Resources;
import pushlab.report.text.Screen;
import pushlab.report.text.Template;

/// Compares two runs: what changed from A to B, by how much, and how sure that is.
public final class SideBySide {

  /// What was written.
  ///
  /// @param changes one for each measure of each cell that both runs have
  /// @param table the changes as plain text, for a terminal
  /// @param html the page to open
  /// @param broken one sentence for each file that is missing or invalid
  public record Written(List<Change> changes, String table, Path html, List<String> broken) {}

  /// A cell of both runs.
  ///
  /// @param title what it is, for a reader
  record Pair(Phrase title, List<Change> changes) {

    /// One row of a table for each measure.
    public List<Row> rows() {
      return changes.stream()
          .map(change -> new Row(change.measure().phrase(), change.values(), change.outcome()))
          .toList();
    }
  }

  record Row(Phrase measure, List<Phrase> values, Outcome outcome) {}

  private record Side(@Nullable Run run, RunQuality quality) {}

  private record Json(
      Side a, Side b, List<Change> changes, List<String> onlyA, List<String> onlyB) {}

  /// Refers to the schema of a report of one run.
  private static final String SCHEMA = "side-by-side.schema.json";

  private final Findings a;
  private final Findings b;
  private final List<Pair> pairs;

  private SideBySide(Findings a, Findings b) {
    this.a = a;
    this.b = b;
    Grade worse = Collections.max(List.of(a.quality().grade(), b.quality().grade()));
    this.pairs =
        a.all().stream()
            .flatMap(cell -> same(cell, a, b).map(other -> pair(cell, other, worse)).stream())
            .toList();
  }

  /// Compares the runs in the folders `a` and `b`, and writes `index.html`, `report.md`,
  /// `report.fr.md`, `report.json` and its schema into the folder `out`, which is created if it
  /// does not exist. Files of the runs that are missing or invalid are left out.
  ///
  /// @throws IOException if a file cannot be written
  public static Written write(Path a, Path b, Path out) throws IOException {
    return write(a, b, out, Screen.PLAIN);
  }

  /// The same, with a table for `screen`.
  ///
  /// @throws IOException if a file cannot be written
  public static Written write(Path a, Path b, Path out, Screen screen) throws IOException {
    var both =
        new SideBySide(Findings.read(new ResultsFolder(a)), Findings.read(new ResultsFolder(b)));
    Files.createDirectories(out);
    Map<String, @Nullable Object> model = both.model(name(a), name(b));
    Path html = out.resolve("index.html");
    write(html, Page.html("side-by-side.html.peb", model, List.of(), "{}"));
    write(
        out.resolve("report.md"),
        Template.MARKDOWN.fill("side-by-side.md.peb", model, Language.ENGLISH));
    write(
        out.resolve("report.fr.md"),
        Template.MARKDOWN.fill("side-by-side.md.peb", model, Language.FRENCH));
    write(out.resolve("report.json"), both.json());
    for (String schema : List.of(SCHEMA, Report.SCHEMA)) {
      write(out.resolve(schema), Resources.read(schema));
    }
    return new Written(
        both.changes(), both.table(screen), html, both.broken().stream().map(screen::say).toList());
  }

  private static Optional<CellSummary> same(CellSummary cell, Findings of, Findings in) {
    return in.all().stream()
        .filter(other -> other.workload().equals(cell.workload()))
        .filter(other -> other.phrase().english().equals(cell.phrase().english()))
        .filter(other -> isDeliveryAlike(cell, of, other, in))
        .findFirst();
  }

  /// A delivery that was not recorded is like the one on which the verdicts of the other run rest.
  private static boolean isDeliveryAlike(
      CellSummary one, Findings a, CellSummary other, Findings b) {
    boolean known = one.delivery() != null && other.delivery() != null;
    return known
        ? one.delivery() == other.delivery()
        : a.cells().contains(one) && b.cells().contains(other);
  }

  private Pair pair(CellSummary one, CellSummary other, Grade worse) {
    boolean several = !a.byDelivery().isEmpty() || !b.byDelivery().isEmpty();
    Stream<Phrase> delivery =
        Stream.ofNullable(several ? one.delivery() : null).map(it -> Phrase.of(it).within());
    return new Pair(
        Phrase.joined(
            ", ",
            Stream.concat(Stream.of(one.phrase(), one.workload().phrase()), delivery).toList()),
        Arrays.stream(Measure.values())
            .map(measure -> Change.of(measure, one, other, worse))
            .toList());
  }

  private static String name(Path run) {
    return String.valueOf(run.toAbsolutePath().normalize().getFileName());
  }

  private Map<String, @Nullable Object> model(String nameA, String nameB) {
    var model = new HashMap<String, @Nullable Object>();
    model.put("title", nameA + ", " + nameB);
    model.put("a", a);
    model.put("b", b);
    model.put("nameA", nameA);
    model.put("nameB", nameB);
    model.put("pairs", pairs);
    model.put("summary", summary());
    model.put("differs", differs());
    model.put("onlyA", alone(a, b));
    model.put("onlyB", alone(b, a));
    model.put("broken", broken());
    return model;
  }

  private List<Change> changes() {
    return pairs.stream().flatMap(pair -> pair.changes().stream()).toList();
  }

  private Phrase summary() {
    if (pairs.isEmpty()) {
      return Phrase.of("side.nothing");
    }
    var parts = new ArrayList<Phrase>();
    for (Outcome outcome : Outcome.values()) {
      long count = changes().stream().filter(change -> change.outcome() == outcome).count();
      if (count > 0) {
        parts.add(Phrase.of("side.count." + outcome.id(), count));
      }
    }
    return Phrase.of(
        "tally", Phrase.count(changes().size(), "comparisons"), Phrase.joined("; ", parts));
  }

  /// Whether the two runs come from different machines, so that a difference need not come from
  /// the server.
  private boolean differs() {
    Run one = a.run();
    Run other = b.run();
    return one == null || other == null || !one.machine().equals(other.machine());
  }

  private static List<String> alone(Findings one, Findings other) {
    return one.all().stream()
        .filter(cell -> same(cell, one, other).isEmpty())
        .map(CellSummary::id)
        .toList();
  }

  private List<Phrase> broken() {
    return Stream.concat(
            a.broken().stream().map(line -> Phrase.of("side.file", "A", line)),
            b.broken().stream().map(line -> Phrase.of("side.file", "B", line)))
        .toList();
  }

  private String table(Screen screen) {
    int width =
        Arrays.stream(Measure.values())
            .mapToInt(measure -> screen.say(measure.phrase()).length())
            .max()
            .orElse(0);
    var text = new StringBuilder(screen.say(summary())).append('\n');
    for (Pair pair : pairs) {
      text.append('\n').append(screen.say(pair.title())).append('\n');
      for (Row row : pair.rows()) {
        text.append(
            "  %s %s A %s, B %s: %s\n"
                .formatted(
                    Screen.padded(screen.say(row.measure()), width),
                    row.outcome().sign(),
                    screen.say(row.values().get(0)),
                    screen.say(row.values().get(1)),
                    screen.say(Phrase.of("side." + row.outcome().id(), row.values().get(2)))));
      }
    }
    return text.toString();
  }

  private String json() throws IOException {
    return ResultsFolder.json()
            .writeValueAsString(
                new Json(
                    new Side(a.run(), a.quality()),
                    new Side(b.run(), b.quality()),
                    changes(),
                    alone(a, b),
                    alone(b, a)))
        + "\n";
  }

  private static void write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
