package pushlab.report;

import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.Transport;
import pushlab.report.result.road.Aspect;
import pushlab.report.result.road.ProxyResult;
import pushlab.report.road.Crossing;
import pushlab.report.road.MeasuredProxy;
import pushlab.report.road.Road;
import pushlab.report.road.RoadCell;
import pushlab.report.text.Phrase;

/// The part "What stands between" of a report, as its templates show it.
///
/// @param note where the values come from
/// @param lines which transports get through, two lines for a proxy that was tried with settings
/// @param matrix the values of all proxies side by side; empty for a single proxy
record RoadSection(
    Road road, Phrase note, List<Phrase> transports, List<Line> lines, List<Row> matrix) {

  /// How each transport gets through one proxy.
  ///
  /// @param with whether its settings are in force
  record Line(MeasuredProxy proxy, boolean with, Phrase title, List<Crossing> crossings) {}

  /// One aspect of all proxies.
  record Row(Phrase title, List<Entry> entries) {}

  /// One aspect of one proxy.
  record Entry(MeasuredProxy proxy, RoadCell cell) {}

  /// The part of a report; null if nothing was measured.
  static @Nullable RoadSection of(Road road) {
    return road.proxies().isEmpty()
        ? null
        : new RoadSection(
            road,
            note(road),
            Arrays.stream(Transport.values()).map(Phrase::of).toList(),
            road.proxies().stream().flatMap(RoadSection::lines).toList(),
            road.proxies().size() == 1 ? List.of() : matrix(road));
  }

  private static Phrase note(Road road) {
    if (road.given().isPresent()) {
      return Phrase.of("road.given");
    }
    if (road.own()) {
      return Phrase.of("road.own");
    }
    ProxyResult first = road.proxies().getFirst().result();
    return Phrase.of("road.usual", Phrase.verbatim(first.system()), Phrase.verbatim(day(first)));
  }

  /// The day of the measurement.
  static String day(ProxyResult proxy) {
    return proxy.at().atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static Stream<Line> lines(MeasuredProxy proxy) {
    Phrase title = Phrase.verbatim(proxy.title());
    List<Crossing> with = proxy.withSettings();
    Stream<Line> first = Stream.of(new Line(proxy, false, title, proxy.transports()));
    return with == null
        ? first
        : Stream.concat(
            first, Stream.of(new Line(proxy, true, Phrase.of("road.title.with", title), with)));
  }

  private static List<Row> matrix(Road road) {
    return IntStream.range(0, Aspect.values().length)
        .mapToObj(
            at ->
                new Row(
                    road.proxies().getFirst().aspects().get(at).title(),
                    road.proxies().stream()
                        .map(proxy -> new Entry(proxy, proxy.aspects().get(at)))
                        .toList()))
        .toList();
  }

  /// Whether the values of this run's own proxies are shown.
  public boolean own() {
    return road.own();
  }

  /// Where and when `proxy` was measured.
  public Phrase about(MeasuredProxy proxy) {
    return Phrase.of(
        "road.about",
        Phrase.verbatim(proxy.system()),
        Phrase.verbatim(day(proxy.result())),
        Phrase.of(proxy.result().isGiven() ? "road.given.as" : "road.smallest"));
  }
}
