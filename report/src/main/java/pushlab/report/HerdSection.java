package pushlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.report.figure.Figure;
import pushlab.report.figure.Figures;
import pushlab.report.herd.HerdPoint;
import pushlab.report.herd.HerdSeries;
import pushlab.report.herd.HerdSituation;
import pushlab.report.herd.HerdWords;
import pushlab.report.result.herd.HerdEvent;
import pushlab.report.result.herd.HerdTrial;
import pushlab.report.text.Column;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// The part "When all come back at once" of a report, as its templates show it.
///
/// @param answer what a reader wants to know first; null if no connection ended
/// @param once whether a setting was tried only once
/// @param figures those for which there is data
record HerdSection(@Nullable Phrase answer, List<Part> parts, boolean once, List<Figure> figures) {

  /// One event under the same conditions.
  ///
  /// @param gone how long the server was away; null if it was not
  /// @param answers a line for each transport; empty if no connection ended
  record Part(
      String id,
      Phrase title,
      @Nullable Phrase gone,
      List<Phrase> sentences,
      List<Phrase> answerHeads,
      List<List<Phrase>> answers,
      List<Phrase> heads,
      List<Line> lines) {}

  /// One setting of one transport.
  ///
  /// @param trials the names of the files of its trials
  record Line(boolean knee, List<Phrase> values, List<String> trials) {}

  private record Entry(HerdSituation situation, HerdSeries series, HerdPoint point) {}

  private static final List<Column<HerdSeries>> ANSWERS =
      List.of(
          Column.of("column.transport", HerdWords::label),
          Column.of("herd.column.knee", HerdSection::knee),
          Column.of("herd.column.last", it -> of(it.knee(), HerdWords::lastBack)),
          Column.of(
              "herd.column.most-attempts",
              it -> of(it.knee(), knee -> HerdWords.count(knee.mostAttempts()))),
          Column.of("herd.column.last-without", it -> of(it.withoutWindow(), HerdWords::lastBack)),
          Column.of(
              "herd.column.attempts-without",
              it -> of(it.withoutWindow(), point -> HerdWords.count(point.mostAttempts()))),
          Column.of("herd.column.takes", HerdWords::takes));

  private static final Column<Entry> TRANSPORT =
      Column.of("column.transport", it -> HerdWords.label(it.series));
  private static final Column<Entry> WINDOW =
      Column.of("herd.column.window", it -> HerdWords.window(it.point.windowSeconds()));
  private static final Column<Entry> SPREAD =
      Column.of("herd.column.spread", it -> HerdWords.spread(it.point));
  private static final List<Column<Entry>> ATTEMPTS =
      List.of(
          Column.of("herd.column.most-attempts", it -> HerdWords.count(it.point.mostAttempts())),
          Column.of("herd.column.attempts", it -> HerdWords.count(it.point.attempts())),
          Column.of("herd.column.refused", it -> HerdWords.count(it.point.refused())));
  private static final List<Column<Entry>> REST =
      List.of(
          Column.of("herd.column.most-requests", it -> HerdWords.count(it.point.mostRequests())),
          Column.of("herd.column.turned-away", it -> HerdWords.count(it.point.turnedAway())),
          Column.of("herd.column.missed", it -> HerdWords.count(it.point.missed())),
          Column.of("herd.column.cpu", it -> cpu(it.point)));

  /// The part of a report; null if nothing was measured.
  static @Nullable HerdSection of(List<HerdSituation> situations) {
    if (situations.isEmpty()) {
      return null;
    }
    var parts = new ArrayList<Part>();
    for (HerdSituation situation : situations) {
      parts.add(part("herd-" + (parts.size() + 1), situation));
    }
    boolean once = situations.stream().anyMatch(it -> it.trials() == 1);
    return new HerdSection(
        HerdWords.answer(situations).orElse(null), parts, once, Figures.herds(situations));
  }

  private static Part part(String id, HerdSituation situation) {
    List<Column<Entry>> columns = columns(situation);
    return new Part(
        id,
        HerdWords.title(situation),
        HerdWords.gone(situation).orElse(null),
        HerdWords.sentences(situation),
        Column.heads(ANSWERS),
        situation.isOfWindows()
            ? situation.series().stream().map(it -> Column.row(ANSWERS, it)).toList()
            : List.of(),
        Column.heads(columns),
        situation.series().stream()
            .flatMap(it -> it.points().stream().map(point -> new Entry(situation, it, point)))
            .map(it -> line(columns, it))
            .toList());
  }

  private static Line line(List<Column<Entry>> columns, Entry entry) {
    return new Line(
        entry.series.isKnee(entry.point),
        Column.row(columns, entry),
        entry.point.all().stream().map(HerdTrial::id).toList());
  }

  /// The columns that say something of this event.
  private static List<Column<Entry>> columns(HerdSituation situation) {
    Stream<Column<Entry>> setting =
        situation.isOfWindows()
            ? Stream.of(TRANSPORT, WINDOW)
            : situation.event() == HerdEvent.HOLD_END
                ? Stream.of(TRANSPORT, SPREAD)
                : Stream.of(TRANSPORT);
    Stream<Column<Entry>> attempts = situation.isOfWindows() ? ATTEMPTS.stream() : Stream.empty();
    return Stream.of(setting, back(situation), attempts, REST.stream()).flatMap(it -> it).toList();
  }

  private static Stream<Column<Entry>> back(HerdSituation situation) {
    String of = situation.isOfWindows() ? "" : "." + situation.event().id();
    return Stream.of(
        Column.of("herd.column.last" + of, it -> HerdWords.lastBack(it.point)),
        Column.of("herd.column.half" + of, it -> HerdWords.time(it.point.halfBackSeconds())));
  }

  private static Phrase knee(HerdSeries series) {
    return of(series.knee(), knee -> HerdWords.window(knee.windowSeconds()));
  }

  private static Phrase of(Optional<HerdPoint> point, Function<HerdPoint, Phrase> value) {
    return point.map(value).orElse(Phrase.of("herd.none"));
  }

  private static Phrase cpu(HerdPoint point) {
    return point.serverCpuSeconds() == null
        ? Phrase.of("unknown")
        : Phrase.number(point.serverCpuSeconds().median(), Text::seconds);
  }
}
