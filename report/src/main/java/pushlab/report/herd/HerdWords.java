package pushlab.report.herd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import pushlab.report.result.herd.HerdEvent;
import pushlab.report.result.herd.HerdTrial;
import pushlab.report.stat.Interval;
import pushlab.report.text.Format;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// What is said of herds.
public final class HerdWords {

  private static final double MICROS = 1_000_000;

  private HerdWords() {}

  /// The event, as a title.
  public static Phrase event(HerdEvent event) {
    return Phrase.of("herd.event." + event.id());
  }

  /// The event and how many clients went through it.
  public static Phrase title(HerdSituation situation) {
    var parts = new ArrayList<Phrase>();
    parts.add(event(situation.event()));
    parts.add(clients(situation));
    parts.addAll(conditions(situation));
    return Phrase.joined(", ", parts);
  }

  private static Phrase clients(HerdSituation situation) {
    return Phrase.count(situation.clients(), "clients");
  }

  /// What is not as usual.
  private static List<Phrase> conditions(HerdSituation situation) {
    var parts = new ArrayList<Phrase>();
    if (situation.network() != null) {
      parts.add(Phrase.of("herd.network", Phrase.verbatim(situation.network().name())));
    }
    if (situation.acceptsPerSecond() != null) {
      parts.add(Phrase.of("herd.accepts", count(situation.acceptsPerSecond())));
    }
    return parts;
  }

  /// The transport of `series`, and what the server says if clients obey it.
  public static Phrase label(HerdSeries series) {
    Phrase transport = Phrase.of(series.transport());
    return series.saidSeconds() == null
        ? transport
        : Phrase.of("herd.said-wait", transport, seconds(series.saidSeconds()));
  }

  /// How long the server was away; empty if it was not.
  public static Optional<Phrase> gone(HerdSituation situation) {
    return situation.goneSeconds().high() == 0
        ? Optional.empty()
        : Optional.of(Phrase.of("herd.gone", time(situation.goneSeconds())));
  }

  /// A setting in seconds, for example `0.5 s`.
  public static Phrase seconds(double seconds) {
    return Phrase.number(seconds, (value, language) -> Text.number(value, language) + " s");
  }

  /// A reconnect window.
  public static Phrase window(double seconds) {
    return seconds == 0 ? Phrase.of("herd.window.none") : seconds(seconds);
  }

  /// A measured time, with the lowest and the highest one of several trials.
  public static Phrase time(Middle seconds) {
    return middle(seconds, (value, language) -> Text.micros(value * MICROS, language));
  }

  /// A number of things, with the lowest and the highest one of several trials.
  public static Phrase count(Middle count) {
    return middle(count, Text::count);
  }

  private static Phrase count(double count) {
    return Phrase.number(count, Text::count);
  }

  private static Phrase middle(Middle middle, Format format) {
    Phrase median = Phrase.number(middle.median(), format);
    var range = new Interval(middle.low(), middle.high());
    return Text.isOnePoint(range, format)
        ? median
        : Phrase.of("interval", median, Phrase.of(range, format));
  }

  /// When the last client was back; if not all were, how many were not.
  public static Phrase lastBack(HerdPoint point) {
    return point.lastBackSeconds() == null
        ? Phrase.of("herd.not-back", count(point.notBack()), seconds(waited(point)))
        : time(point.lastBackSeconds());
  }

  private static double waited(HerdPoint point) {
    return point.all().stream().mapToDouble(HerdTrial::waitedSeconds).min().orElse(0);
  }

  /// What a reader wants to know first: which window after a kill. Empty if no connection ended.
  public static Optional<Phrase> answer(List<HerdSituation> situations) {
    return HerdSituation.first(situations).map(it -> sentence(it, it.first()));
  }

  /// What was found of `situation` that its tables do not say.
  public static List<Phrase> sentences(HerdSituation situation) {
    Stream<Phrase> found =
        situation.series().stream()
            .filter(it -> situation.event() != HerdEvent.UPDATE && it.kneeSeconds() == null)
            .map(it -> sentence(situation, it));
    return Stream.concat(found, situation.series().stream().flatMap(HerdWords::limited)).toList();
  }

  /// Which trials the clients themselves were the limit of.
  private static Stream<Phrase> limited(HerdSeries series) {
    List<Phrase> limited =
        series.points().stream()
            .filter(HerdPoint::isLimitedByClients)
            .map(it -> window(it.windowSeconds()))
            .toList();
    return limited.isEmpty()
        ? Stream.empty()
        : Stream.of(Phrase.of("herd.limited", label(series), Phrase.joined(", ", limited)));
  }

  /// What was found of one transport.
  public static Phrase sentence(HerdSituation situation, HerdSeries series) {
    var parts = new ArrayList<Phrase>();
    parts.add(Phrase.of("herd.after." + situation.event().id()));
    parts.addAll(conditions(situation));
    Phrase after = Phrase.joined(", ", parts);
    Phrase clients = clients(situation);
    Phrase transport = Phrase.within(series.transport());
    if (!situation.isOfWindows()) {
      return plain(situation, series, after, clients, transport);
    }
    HerdPoint knee = series.knee().orElse(null);
    if (knee == null) {
      return series.points().size() < Knee.FEWEST
          ? Phrase.of("herd.found.few", after, clients, transport, each(series))
          : Phrase.of("herd.found.none", after, clients, transport, takes(series));
    }
    if (knee.windowSeconds() == 0) {
      return Phrase.of(
          "herd.found.zero", after, clients, transport, lastBack(knee), attempts(knee));
    }
    Phrase found =
        Phrase.of(
            "herd.found.knee",
            after,
            clients,
            transport,
            lastBack(knee),
            seconds(knee.windowSeconds()),
            attempts(knee));
    return series
        .withoutWindow()
        .map(
            without ->
                Phrase.of(
                    without.lastBackSeconds() == null
                        ? "herd.found.without.lost"
                        : "herd.found.without",
                    found,
                    lastBack(without),
                    attempts(without)))
        .orElse(found);
  }

  private static Phrase each(HerdSeries series) {
    return Phrase.joined(
        "; ",
        series.points().stream()
            .map(
                it ->
                    Phrase.of(
                        it.lastBackSeconds() == null ? "herd.found.each.lost" : "herd.found.each",
                        window(it.windowSeconds()),
                        lastBack(it),
                        attempts(it)))
            .toList());
  }

  private static Phrase plain(
      HerdSituation situation, HerdSeries series, Phrase after, Phrase clients, Phrase transport) {
    HerdPoint first = series.points().getFirst();
    HerdPoint last = series.points().getLast();
    if (situation.event() == HerdEvent.UPDATE) {
      return Phrase.of(
          "herd.found.update", after, clients, transport, lastBack(first), requests(first));
    }
    return series.points().size() == 1
        ? Phrase.of("herd.found.hold", after, clients, transport, requests(first), spread(first))
        : Phrase.of(
            "herd.found.spread",
            after,
            clients,
            transport,
            requests(first),
            spread(first),
            requests(last),
            spread(last));
  }

  /// The hold spread of `point` in percent.
  public static Phrase spread(HerdPoint point) {
    return Phrase.known(
        point.settings().holdSpread(),
        (share, language) -> Text.number(100 * share, language) + " %");
  }

  private static Phrase attempts(HerdPoint point) {
    return Phrase.count(point.mostAttempts().median(), "herd.attempts");
  }

  private static Phrase requests(HerdPoint point) {
    return Phrase.count(point.mostRequests().median(), "herd.requests");
  }

  /// How many clients the server can take in a second.
  public static Phrase takes(HerdSeries series) {
    return Phrase.known(series.takesPerSecond(), Text::count);
  }
}
