package pushlab.report.figure;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import pushlab.report.judge.ByDelivery;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.Measure;
import pushlab.report.result.Delivery;
import pushlab.report.stat.Spread;
import pushlab.report.text.Phrase;

/// What a transport costs, against the number of clients: one line for each delivery.
final class ByDeliveryFigures {

  private ByDeliveryFigures() {}

  /// The figures of `all`. If workloads differ in tasks or in the length of a status, only those
  /// with the lowest of each are drawn.
  static Stream<Figure> of(List<ByDelivery> all) {
    int tasks = all.stream().mapToInt(it -> it.workload().tasks()).min().orElse(1);
    int payload = all.stream().mapToInt(it -> it.workload().payload()).min().orElse(1);
    List<ByDelivery> drawn =
        all.stream()
            .filter(it -> it.workload().tasks() == tasks && it.workload().payload() == payload)
            .toList();
    return Stream.of(
            figure(drawn, "delivery-cpu", Measure.SERVER_CPU, "linear"),
            figure(drawn, "delivery-herd", Measure.HERD, "log"),
            figure(drawn, "delivery-memory", Measure.MEMORY, "linear"))
        .flatMap(Optional::stream);
  }

  /// Workloads of which a delivery lacks the measure are left out.
  private static Optional<Figure> figure(
      List<ByDelivery> all, String id, Measure measure, String scale) {
    List<ByDelivery> known =
        all.stream()
            .filter(it -> it.cells().stream().allMatch(cell -> cell.spread(measure) != null))
            .toList();
    var data = new ArrayList<Map<String, Object>>();
    var rows = new ArrayList<List<Phrase>>();
    var choices = new ArrayList<String>();
    for (ByDelivery each : known) {
      for (CellSummary cell : each.cells()) {
        Spread spread = requireNonNull(cell.spread(measure));
        choices.add(choice(cell).english());
        data.add(datum(cell, measure, spread, scale));
        rows.add(row(cell, measure, spread));
      }
    }
    ObjectNode spec = Spec.of("deliveries", data, choices);
    ObjectNode choice = (ObjectNode) spec.at("/params/0");
    ByDelivery.heaviest(known).ifPresent(it -> choice.put("value", choice(it).english()));
    if (choice.get("bind") instanceof ObjectNode bind) {
      bind.put("name", Phrase.of("word.workload-choice").english());
    }
    ((ObjectNode) spec.at("/encoding/x")).put("title", Phrase.of("word.clients").english());
    for (String domain : List.of("/encoding/color", "/layer/2/encoding/shape")) {
      ArrayNode names = (ArrayNode) spec.at(domain + "/scale/domain");
      Stream.of(Delivery.values()).map(Phrase::of).map(Phrase::english).forEach(names::add);
    }
    for (int layer = 0; layer < spec.get("layer").size(); layer++) {
      ObjectNode y = (ObjectNode) spec.get("layer").get(layer).at("/encoding/y");
      y.put("title", Phrase.of("word." + measure.id()).english());
      ((ObjectNode) y.get("scale")).put("type", scale);
    }
    return Figure.of(
        id,
        id,
        seen(known, measure),
        spec,
        List.of("transport", "workload", "delivery", "value", "from", "to"),
        rows);
  }

  /// The verdict on the heaviest workload.
  private static Optional<Phrase> seen(List<ByDelivery> all, Measure measure) {
    return ByDelivery.heaviest(all)
        .map(
            each ->
                Phrase.of(
                    "seen.delivery",
                    Phrase.of(each.transport()),
                    each.workload().phrase(),
                    each.verdict(measure).sentence()));
  }

  private static Map<String, Object> datum(
      CellSummary cell, Measure measure, Spread spread, String scale) {
    double unit = measure.drawnUnit();
    // A logarithmic scale has no place for zero.
    double least = scale.equals("log") ? 0.001 : Double.NEGATIVE_INFINITY;
    var datum = new LinkedHashMap<String, Object>();
    datum.put("delivery", name(cell).english());
    datum.put("choice", choice(cell).english());
    datum.put("x", cell.subject().clients());
    datum.put("y", Figures.rounded(Math.max(least, spread.value() / unit)));
    datum.put("low", Figures.rounded(Math.max(least, spread.bounds().low() / unit)));
    datum.put("high", Figures.rounded(Math.max(least, spread.bounds().high() / unit)));
    return datum;
  }

  private static List<Phrase> row(CellSummary cell, Measure measure, Spread spread) {
    return List.of(
        cell.phrase(),
        cell.workload().phrase(),
        name(cell),
        measure.phrase(spread.value()),
        measure.phrase(spread.bounds().low()),
        measure.phrase(spread.bounds().high()));
  }

  /// What a reader may choose: a transport and a rate.
  static Phrase choice(CellSummary cell) {
    return Phrase.joined(", ", List.of(Phrase.of(cell.transport()), cell.ratePhrase()));
  }

  private static Phrase choice(ByDelivery each) {
    return choice(each.cells().getFirst());
  }

  private static Phrase name(CellSummary cell) {
    return Phrase.of(requireNonNull(cell.delivery()));
  }
}
