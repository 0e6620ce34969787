package pushlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import pushlab.report.herd.HerdPoint;
import pushlab.report.herd.HerdSeries;
import pushlab.report.herd.HerdSituation;
import pushlab.report.herd.HerdWords;
import pushlab.report.result.herd.HerdEvent;
import pushlab.report.text.Phrase;
import pushlab.report.text.Screen;
import pushlab.report.text.Text;

/// How herds came back, as text for a terminal: the answer, then a table for each event. A
/// transport has two lines, with a column for each reconnect window.
final class HerdSummary {

  private static final String GAP = "  ";
  private static final String KNEE = "★ ";

  private HerdSummary() {}

  /// The summary of these herds.
  static String of(List<HerdSituation> situations, Screen screen) {
    if (situations.isEmpty()) {
      return screen.say(Phrase.of("herd.nothing"));
    }
    var lines = new ArrayList<String>();
    HerdWords.answer(situations)
        .map(it -> screen.wrapped("", "", screen.say(Phrase.of("herd.sentence", it))))
        .map(screen::strong)
        .ifPresent(lines::add);
    for (HerdSituation situation : situations) {
      lines.add("");
      lines.add(screen.strong(screen.say(title(situation))));
      if (situation.isOfWindows()) {
        lines.addAll(table(situation, screen));
      } else if (situation.event() == HerdEvent.UPDATE) {
        lines.addAll(updates(situation, screen));
      } else {
        HerdWords.sentences(situation).stream()
            .map(it -> screen.wrapped(GAP, GAP, screen.say(Phrase.of("herd.sentence", it))))
            .forEach(lines::add);
      }
    }
    lines.add("");
    if (situations.stream().anyMatch(HerdSituation::isOfWindows)) {
      lines.add(screen.wrapped("", "", screen.say(Phrase.of("herd.legend"))));
    }
    if (situations.stream().anyMatch(it -> it.trials() == 1)) {
      lines.add(screen.wrapped("", "", screen.say(Phrase.of("herd.once"))));
    }
    return String.join("\n", lines).strip();
  }

  private static Phrase title(HerdSituation situation) {
    Phrase title = HerdWords.title(situation);
    return HerdWords.gone(situation)
        .<Phrase>map(gone -> Phrase.joined(", ", List.of(title, gone)))
        .orElse(title);
  }

  private static List<String> table(HerdSituation situation, Screen screen) {
    List<Double> windows =
        situation.series().stream()
            .flatMap(it -> it.points().stream())
            .map(HerdPoint::windowSeconds)
            .distinct()
            .sorted()
            .toList();
    var rows = new ArrayList<List<String>>();
    rows.add(
        Stream.concat(
                Stream.of(screen.say(Phrase.of("herd.column.window"))),
                windows.stream().map(it -> screen.say(HerdWords.window(it))))
            .toList());
    for (HerdSeries series : situation.series()) {
      rows.add(row(screen.say(HerdWords.label(series)), windows, series, screen, true));
      rows.add(
          row(GAP + screen.say(Phrase.of("herd.brief.attempts")), windows, series, screen, false));
    }
    return aligned(rows);
  }

  private static List<String> updates(HerdSituation situation, Screen screen) {
    var rows = new ArrayList<List<String>>();
    rows.add(
        Stream.of("column.transport", "herd.column.last.update", "herd.column.most-requests")
            .map(key -> screen.say(Phrase.of(key)))
            .toList());
    for (HerdSeries series : situation.series()) {
      for (HerdPoint point : series.points()) {
        rows.add(
            Stream.of(
                    HerdWords.label(series),
                    HerdWords.lastBack(point),
                    HerdWords.count(point.mostRequests()))
                .map(screen::say)
                .toList());
      }
    }
    return aligned(rows);
  }

  private static List<String> row(
      String head, List<Double> windows, HerdSeries series, Screen screen, boolean times) {
    return Stream.concat(
            Stream.of(head),
            windows.stream()
                .map(
                    window ->
                        series.points().stream()
                            .filter(it -> it.windowSeconds() == window)
                            .findFirst()
                            .map(it -> times ? time(series, it, screen) : attempts(it, screen))
                            .orElse("-")))
        .toList();
  }

  private static String time(HerdSeries series, HerdPoint point, Screen screen) {
    String sign = series.isKnee(point) ? KNEE : "";
    return point.lastBackSeconds() == null
        ? screen.say(Phrase.count(point.notBack(), "herd.brief.not-back"))
        : sign
            + screen.say(Phrase.number(1_000_000 * point.lastBackSeconds().median(), Text::micros));
  }

  private static String attempts(HerdPoint point, Screen screen) {
    return screen.say(Phrase.number(point.mostAttempts().median(), Text::count));
  }

  /// The first column is on the left, the others are on the right.
  private static List<String> aligned(List<List<String>> rows) {
    List<Integer> widths =
        IntStream.range(0, rows.getFirst().size())
            .mapToObj(at -> rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0))
            .toList();
    return rows.stream()
        .map(
            row ->
                String.join(
                    GAP,
                    IntStream.range(0, row.size())
                        .mapToObj(at -> cell(row.get(at), widths.get(at), at == 0))
                        .toList()))
        .map(String::stripTrailing)
        .toList();
  }

  private static String cell(String text, int width, boolean left) {
    return left ? Screen.padded(text, width) : " ".repeat(width - text.length()) + text;
  }
}
