package pushlab.report.figure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import pushlab.report.judge.GatlingResult;
import pushlab.report.result.GatlingStats;
import pushlab.report.result.GatlingStats.Second;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// Gatling's simulations, second by second: one line for each transport. Where lines coincide,
/// each is thinner than the one below it.
final class GatlingFigures {

  private GatlingFigures() {}

  static Stream<Figure> of(List<GatlingResult> results) {
    List<GatlingStats> counted =
        results.stream().flatMap(result -> Stream.ofNullable(result.stats())).toList();
    return Stream.of(
            figure(counted, "connections", Second::connected, GatlingFigures::connected),
            figure(counted, "answers", Second::answers, GatlingFigures::answers))
        .flatMap(Optional::stream);
  }

  private static Optional<Figure> figure(
      List<GatlingStats> counted,
      String key,
      ToIntFunction<Second> value,
      Function<GatlingStats, Optional<Phrase>> seen) {
    var data = new ArrayList<Map<String, Object>>();
    var rows = new ArrayList<List<Phrase>>();
    for (GatlingStats stats : counted) {
      Phrase transport = Phrase.of(stats.transport());
      for (Second second : stats.seconds()) {
        int many = value.applyAsInt(second);
        var datum = new LinkedHashMap<String, Object>();
        datum.put("transport", transport.english());
        datum.put("at", second.at());
        datum.put("value", many);
        data.add(datum);
        rows.add(List.of(transport, number(second.at()), number(many)));
      }
    }
    ObjectNode spec = Spec.of("seconds", data, List.of());
    ((ObjectNode) spec.at("/encoding/y")).put("title", Phrase.of("word." + key).english());
    String id = "gatling-" + key;
    List<Phrase> each = counted.stream().flatMap(stats -> seen.apply(stats).stream()).toList();
    return Figure.of(
        id,
        id,
        each.isEmpty()
            ? Optional.empty()
            : Optional.of(Phrase.of("seen." + id, Phrase.joined("; ", each))),
        spec,
        List.of("transport", "second", key),
        rows);
  }

  private static Optional<Phrase> connected(GatlingStats stats) {
    return Optional.of(
        Phrase.of(
            "seen.gatling-connections.each",
            Phrase.within(stats.transport()),
            number(stats.connected()),
            number(stats.clients())));
  }

  /// At the median of the seconds in which all subscribers are connected, without the first and
  /// the last of them, in which some still connect or already leave.
  private static Optional<Phrase> answers(GatlingStats stats) {
    List<Integer> held =
        stats.seconds().stream()
            .filter(second -> second.at() > stats.rampSeconds())
            .filter(second -> second.at() < stats.rampSeconds() + stats.holdSeconds())
            .map(Second::answers)
            .sorted()
            .toList();
    return held.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Phrase.of(
                "seen.gatling-answers.each",
                Phrase.within(stats.transport()),
                number(held.get(held.size() / 2))));
  }

  private static Phrase number(int count) {
    return Phrase.number(count, Text::count);
  }
}
