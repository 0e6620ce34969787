package pushlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import pushlab.report.result.Transport;
import pushlab.report.result.road.ProxyResult;
import pushlab.report.road.Crossing;
import pushlab.report.road.Effect;
import pushlab.report.road.MeasuredProxy;
import pushlab.report.road.Road;
import pushlab.report.text.Phrase;
import pushlab.report.text.Screen;

/// Which transports get through which proxy, as a table for a terminal: a line for each proxy, and
/// a second one with its settings.
public final class RoadSummary {

  /// An NDJSON stream passes as server-sent events do.
  private static final List<Transport> COLUMNS =
      List.of(
          Transport.SHORT_POLLING,
          Transport.LONG_POLLING,
          Transport.SERVER_SENT_EVENTS,
          Transport.WEBSOCKET);

  private static final String GAP = "  ";

  private RoadSummary() {}

  /// The table of these proxies.
  public static String of(List<ProxyResult> measured, Screen screen) {
    return measured.isEmpty()
        ? screen.say(Phrase.of("road.nothing"))
        : of(Road.of(true, measured), screen);
  }

  static String of(Road road, Screen screen) {
    String whole = of(road, screen, true);
    boolean fits = whole.lines().allMatch(line -> line.length() <= screen.columns());
    return fits ? whole : of(road, screen, false);
  }

  /// @param all whether to give all limits, or else the first of each transport
  private static String of(Road road, Screen screen, boolean all) {
    boolean shortPasses =
        road.proxies().stream()
            .allMatch(it -> it.of(Transport.SHORT_POLLING).effect() == Effect.PASSES);
    List<Transport> columns =
        COLUMNS.stream().filter(it -> it != Transport.SHORT_POLLING || !shortPasses).toList();
    var lines = new ArrayList<List<String>>();
    lines.add(row(screen.say(Phrase.of("road.proxy")), columns, it -> screen.say(head(it))));
    boolean settings = false;
    for (MeasuredProxy proxy : road.proxies()) {
      lines.add(
          row(proxy.title(), columns, it -> value(crossing(it, proxy.transports()), screen, all)));
      List<Crossing> with = proxy.withSettings();
      if (with != null) {
        settings = true;
        lines.add(
            row(
                GAP + screen.say(Phrase.of("road.brief.with")),
                columns,
                it -> value(crossing(it, with), screen, all)));
      }
    }
    var legend = new ArrayList<Phrase>();
    if (shortPasses) {
      legend.add(Phrase.of("road.brief.short"));
    }
    legend.add(Phrase.of(settings ? "road.brief.legend" : "road.brief.legend.given"));
    return String.join(
        "\n",
        Stream.of(
                Stream.of(screen.strong(screen.say(Phrase.of("road.brief.title")))),
                aligned(lines),
                Stream.of(screen.wrapped("", "", screen.say(Phrase.joined(" ", legend)))))
            .flatMap(it -> it)
            .toList());
  }

  private static List<String> row(
      String title, List<Transport> columns, Function<Transport, String> value) {
    return Stream.concat(Stream.of(title), columns.stream().map(value)).toList();
  }

  private static Phrase head(Transport transport) {
    return transport == Transport.SERVER_SENT_EVENTS
        ? Phrase.of("road.brief.stream")
        : Phrase.of(transport);
  }

  private static Crossing crossing(Transport transport, List<Crossing> crossings) {
    return crossings.stream().filter(it -> it.transport() == transport).findFirst().orElseThrow();
  }

  private static String value(Crossing crossing, Screen screen, boolean all) {
    String sign = crossing.effect().sign();
    List<Phrase> limits = crossing.limits();
    if (limits.isEmpty()) {
      return sign;
    }
    return sign
        + " "
        + (all || limits.size() == 1
            ? screen.say(crossing.brief())
            : screen.say(limits.getFirst()) + " …");
  }

  private static Stream<String> aligned(List<List<String>> lines) {
    List<Integer> widths =
        IntStream.range(0, lines.getFirst().size())
            .mapToObj(at -> lines.stream().mapToInt(line -> line.get(at).length()).max().orElse(0))
            .toList();
    return lines.stream()
        .map(
            line ->
                String.join(
                        GAP,
                        IntStream.range(0, line.size())
                            .mapToObj(at -> Screen.padded(line.get(at), widths.get(at)))
                            .toList())
                    .stripTrailing());
  }
}
