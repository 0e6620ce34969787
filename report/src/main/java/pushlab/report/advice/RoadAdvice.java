package pushlab.report.advice;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.report.advice.Advice.Sentence;
import pushlab.report.result.Transport;
import pushlab.report.result.road.ProxyResult;
import pushlab.report.road.Crossing;
import pushlab.report.road.Effect;
import pushlab.report.road.MeasuredProxy;
import pushlab.report.road.Numbers;
import pushlab.report.road.Road;
import pushlab.report.road.RoadRow;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// What the measured proxies say about the transports of a situation.
final class RoadAdvice {

  private final Road road;
  private final Situation situation;
  private final List<MeasuredProxy> between;

  RoadAdvice(Road road, Situation situation) {
    this.road = road;
    this.situation = situation;
    this.between = situation.between() == Situation.Between.NOTHING ? List.of() : road.between();
  }

  /// Whether the cells were measured without the proxies that the answer depends on.
  boolean isElsewhere() {
    return situation.between() == Situation.Between.PROXY
        && road.given().isEmpty()
        && !between.isEmpty();
  }

  /// The candidates that can be taken, first what to take where measurement leaves several: behind
  /// a proxy those that get through it, or through every one if it is not known which it is.
  /// Through networks that may have a proxy, those first that get through most of them.
  List<Transport> passing() {
    Stream<Transport> all = situation.candidates().stream();
    boolean known = situation.between() == Situation.Between.PROXY || road.given().isPresent();
    return known
        ? all.filter(transport -> failing(transport).isEmpty()).toList()
        : all.sorted(comparingLong((Transport transport) -> failing(transport).size())).toList();
  }

  private List<MeasuredProxy> failing(Transport transport) {
    return between.stream().filter(proxy -> proxy.of(transport).effect() == Effect.FAILS).toList();
  }

  /// Why `taken` gets through and others do not, or comes before them.
  List<Sentence> reasons(Transport taken) {
    if (between.isEmpty()) {
      return List.of();
    }
    Optional<MeasuredProxy> given = road.given();
    if (given.isEmpty() && situation.between() == Situation.Between.NETWORKS) {
      return List.of(counts(taken));
    }
    Sentence lets = given.map(proxy -> yours(proxy, taken)).orElseGet(() -> through(taken));
    return Stream.concat(Stream.of(lets), refusals().stream()).toList();
  }

  /// Which transports do not get through, one sentence for those that the same rows stop.
  List<Sentence> refusals() {
    if (road.given().isEmpty() && situation.between() == Situation.Between.NETWORKS) {
      return List.of();
    }
    var stopped = new LinkedHashMap<List<RoadRow>, List<Transport>>();
    for (Transport transport : situation.candidates()) {
      List<MeasuredProxy> failing = failing(transport);
      if (!failing.isEmpty()) {
        stopped.computeIfAbsent(rows(transport, failing), _ -> new ArrayList<>()).add(transport);
      }
    }
    return stopped.values().stream()
        .map(all -> road.given().map(proxy -> refused(proxy, all)).orElseGet(() -> stopped(all)))
        .toList();
  }

  private static Sentence yours(MeasuredProxy proxy, Transport transport) {
    Crossing crossing = proxy.of(transport);
    Phrase name = Phrase.verbatim(proxy.name());
    Phrase within = Phrase.within(transport);
    Phrase text =
        crossing.effect() == Effect.UNKNOWN
            ? Phrase.of("advice.road.yours.unknown", name, within)
            : crossing.limits().isEmpty()
                ? Phrase.of("advice.road.yours.passes", name, within)
                : Phrase.of("advice.road.yours.limited", name, within, crossing.brief());
    return new Sentence(text, List.of(), rows(proxy, crossing));
  }

  private static Sentence refused(MeasuredProxy proxy, List<Transport> alike) {
    Crossing crossing = proxy.of(alike.getFirst());
    return new Sentence(
        Phrase.of(
            "advice.road.yours.fails",
            Phrase.verbatim(proxy.name()),
            names(alike),
            crossing.brief()),
        List.of(),
        rows(proxy, crossing));
  }

  private Sentence through(Transport transport) {
    List<MeasuredProxy> limited =
        between.stream().filter(proxy -> !proxy.of(transport).limits().isEmpty()).toList();
    Phrase name = Phrase.within(transport);
    Phrase all = Phrase.number(between.size(), Text::count);
    return new Sentence(
        limited.isEmpty()
            ? Phrase.of("advice.road.through", all, name)
            : Phrase.of("advice.road.through.limited", all, name, named(transport, limited)),
        List.of(),
        rows(transport, limited));
  }

  private Sentence stopped(List<Transport> alike) {
    Transport transport = alike.getFirst();
    List<MeasuredProxy> failing = failing(transport);
    return new Sentence(
        Phrase.of(
            "advice.road.stopped",
            failing.size(),
            between.size(),
            names(alike),
            named(transport, failing)),
        List.of(),
        rows(transport, failing));
  }

  private static Phrase names(List<Transport> transports) {
    return Phrase.all(transports.stream().map(Phrase::within).toList());
  }

  private Sentence counts(Transport taken) {
    List<Phrase> counts =
        situation.candidates().stream()
            .map(
                transport ->
                    Phrase.of(
                        "advice.road.count",
                        Phrase.within(transport),
                        between.size() - failing(transport).size()))
            .toList();
    Phrase text = Phrase.of("advice.road.counts", between.size(), Phrase.joined(", ", counts));
    Phrase setting = setting(taken);
    List<RoadRow> rows =
        situation.candidates().stream()
            .flatMap(transport -> rows(transport, failing(transport)).stream())
            .toList();
    return new Sentence(
        setting == null
            ? text
            : Phrase.joined(
                " ", List.of(text, Phrase.of("advice.road.setting", Phrase.of(taken), setting))),
        List.of(),
        rows);
  }

  /// How to set `taken` up, where the proxy is known or decides; null if there is nothing to say.
  @Nullable Phrase setup(Transport taken) {
    return road.given().isPresent() || situation.between() == Situation.Between.PROXY
        ? setting(taken)
        : null;
  }

  /// Below the strictest limit, for example `hold 20 s: yours cuts at 30 s`.
  private @Nullable Phrase setting(Transport transport) {
    Phrase hold = setting(transport, "hold", Crossing::holdLimit, Crossing::holdSeconds);
    return hold != null
        ? hold
        : setting(transport, "heartbeat", Crossing::silenceLimit, Crossing::heartbeatSeconds);
  }

  private @Nullable Phrase setting(
      Transport transport,
      String what,
      Function<Crossing, @Nullable Double> limit,
      Function<Crossing, @Nullable Double> safe) {
    Comparator<MeasuredProxy> byLimit =
        comparing(proxy -> limit.apply(proxy.of(transport)), nullsLast(naturalOrder()));
    MeasuredProxy strictest = between.stream().min(byLimit).orElse(null);
    if (strictest == null) {
      return null;
    }
    Double most = limit.apply(strictest.of(transport));
    Double best = safe.apply(strictest.of(transport));
    if (most == null || best == null) {
      return null;
    }
    return strictest.result().isGiven()
        ? Phrase.of("advice.setup." + what + ".yours", Numbers.seconds(best), Numbers.seconds(most))
        : Phrase.of(
            "advice.setup." + what,
            Numbers.seconds(best),
            Phrase.verbatim(strictest.name()),
            Numbers.seconds(most));
  }

  private static Phrase named(Transport transport, List<MeasuredProxy> proxies) {
    return Phrase.joined(
        ", ",
        proxies.stream()
            .map(
                proxy ->
                    Phrase.of(
                        "answer.aside", Phrase.verbatim(proxy.name()), proxy.of(transport).brief()))
            .toList());
  }

  private static List<RoadRow> rows(Transport transport, List<MeasuredProxy> proxies) {
    return proxies.stream().flatMap(proxy -> rows(proxy, proxy.of(transport)).stream()).toList();
  }

  private static List<RoadRow> rows(MeasuredProxy proxy, Crossing crossing) {
    return crossing.rows().stream().map(aspect -> RoadRow.of(proxy, aspect)).toList();
  }

  /// Where the rows come from, for an answer whose cells were measured without these proxies.
  Sentence source() {
    ProxyResult first = between.getFirst().result();
    return new Sentence(
        Phrase.of(
            road.own() ? "advice.road.own" : "advice.road.usual",
            Phrase.verbatim(first.system()),
            Phrase.verbatim(first.at().toString().substring(0, "2026-01-01".length()))),
        List.of(),
        List.of());
  }
}
