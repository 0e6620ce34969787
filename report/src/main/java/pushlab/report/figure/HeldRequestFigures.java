package pushlab.report.figure;

import static java.util.Comparator.comparingDouble;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.HeldRequests;
import pushlab.report.judge.Measure;
import pushlab.report.judge.Verdict;
import pushlab.report.result.Delivery;
import pushlab.report.stat.Spread;
import pushlab.report.text.Phrase;

/// What a held request costs, against the number of clients: one line for each delivery.
final class HeldRequestFigures {

  private HeldRequestFigures() {}

  /// The figures of `all`. If workloads differ in tasks or in the length of a status, only those
  /// with the lowest of each are drawn.
  static Stream<Figure> of(List<HeldRequests> all) {
    int tasks = all.stream().mapToInt(it -> it.workload().tasks()).min().orElse(1);
    int payload = all.stream().mapToInt(it -> it.workload().payload()).min().orElse(1);
    List<HeldRequests> drawn =
        all.stream()
            .filter(it -> it.workload().tasks() == tasks && it.workload().payload() == payload)
            .toList();
    return Stream.of(
            figure(drawn, "delivery-cpu", Measure.SERVER_CPU, "linear"),
            figure(drawn, "delivery-herd", Measure.HERD, "log"),
            figure(drawn, "delivery-memory", Measure.MEMORY, "linear"))
        .flatMap(Optional::stream);
  }

  private static Optional<Figure> figure(
      List<HeldRequests> all, String id, Measure measure, String scale) {
    var data = new ArrayList<Map<String, Object>>();
    var rows = new ArrayList<List<Phrase>>();
    var choices = new ArrayList<String>();
    for (HeldRequests each : all) {
      for (CellSummary cell : each.cells()) {
        Spread spread = cell.spread(measure);
        if (spread != null) {
          choices.add(cell.ratePhrase().english());
          data.add(datum(cell, measure, spread, scale));
          rows.add(row(cell, measure, spread));
        }
      }
    }
    ObjectNode spec = Spec.of("deliveries", data, choices);
    if (spec.at("/params/0/bind") instanceof ObjectNode bind) {
      bind.put("name", Phrase.of("word.choice.rate").english());
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
        seen(all, measure),
        spec,
        List.of("workload", "delivery", "value", "from", "to"),
        rows);
  }

  /// The verdict on the heaviest workload.
  private static Optional<Phrase> seen(List<HeldRequests> all, Measure measure) {
    return all.stream()
        .flatMap(each -> each.verdicts().stream())
        .filter(verdict -> verdict.measure() == measure && verdict.standings().size() > 1)
        .max(
            comparingDouble((Verdict verdict) -> verdict.workload().deliveriesPerSecond())
                .thenComparingInt(verdict -> verdict.workload().clients()))
        .map(verdict -> Phrase.of("seen.held", verdict.workload().phrase(), verdict.sentence()));
  }

  private static Map<String, Object> datum(
      CellSummary cell, Measure measure, Spread spread, String scale) {
    double unit = measure.drawnUnit();
    // A logarithmic scale has no place for zero.
    double least = scale.equals("log") ? 0.001 : Double.NEGATIVE_INFINITY;
    var datum = new LinkedHashMap<String, Object>();
    datum.put("delivery", name(cell).english());
    datum.put("choice", cell.ratePhrase().english());
    datum.put("x", cell.subject().clients());
    datum.put("y", Figures.rounded(Math.max(least, spread.value() / unit)));
    datum.put("low", Figures.rounded(Math.max(least, spread.bounds().low() / unit)));
    datum.put("high", Figures.rounded(Math.max(least, spread.bounds().high() / unit)));
    return datum;
  }

  private static List<Phrase> row(CellSummary cell, Measure measure, Spread spread) {
    return List.of(
        cell.workload().phrase(),
        name(cell),
        measure.phrase(spread.value()),
        measure.phrase(spread.bounds().low()),
        measure.phrase(spread.bounds().high()));
  }

  private static Phrase name(CellSummary cell) {
    return Phrase.of(requireNonNull(cell.delivery()));
  }
}
