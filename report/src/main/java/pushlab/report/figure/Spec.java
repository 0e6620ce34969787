package pushlab.report.figure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Transport;
import pushlab.report.text.Phrase;
import pushlab.report.text.Resources;

/// The specs of the figures: files in Vega-Lite's own JSON, which any of its editors can open.
/// The data of a run is put into them.
final class Spec {

  private Spec() {}

  /// The spec of that name with `rows` as its data.
  ///
  /// @param selectable the values between which the reader may switch, if the spec has a parameter;
  ///     it begins with the last one, the heaviest workload, of which the sentences speak
  static ObjectNode of(String name, List<Map<String, Object>> rows, List<String> selectable) {
    ObjectNode spec = read(name);
    spec.putObject("data").set("values", json(rows));
    fillScales(spec, rows);
    var values = List.copyOf(new LinkedHashSet<>(selectable));
    if (!values.isEmpty() && spec.path("params") instanceof ArrayNode params) {
      ObjectNode parameter = (ObjectNode) params.get(0);
      parameter.put("value", values.getLast());
      if (values.size() == 1) {
        parameter.remove("bind");
      } else {
        ((ObjectNode) parameter.get("bind")).set("options", json(values));
      }
    }
    return spec;
  }

  /// Begins with `choice`, and names the list by the event.
  static void choose(ObjectNode spec, Phrase choice) {
    ObjectNode parameter = (ObjectNode) spec.at("/params/0");
    parameter.put("value", choice.english());
    if (parameter.get("bind") instanceof ObjectNode bind) {
      bind.put("name", Phrase.of("word.event-choice").english());
    }
  }

  /// Each transport of `rows` has the same color and shape in every figure: a scale of a spec names
  /// the trait that it shows as its range.
  private static void fillScales(ObjectNode spec, List<Map<String, Object>> rows) {
    List<Transport> drawn =
        Arrays.stream(Transport.values())
            .filter(one -> rows.stream().anyMatch(row -> one.title().equals(row.get("transport"))))
            .toList();
    for (JsonNode encoding : spec.findParents("scale")) {
      if (encoding.path("field").asText().equals("transport")) {
        ObjectNode scale = (ObjectNode) encoding.get("scale");
        scale.set("domain", json(drawn.stream().map(Transport::title).toList()));
        switch (scale.get("range").asText()) {
          case "color" -> scale.set("range", json(drawn.stream().map(Transport::color).toList()));
          case "shape" -> scale.set("range", json(drawn.stream().map(Transport::shape).toList()));
          default -> {}
        }
      }
    }
  }

  private static JsonNode json(Object value) {
    return ResultsFolder.json().valueToTree(value);
  }

  private static ObjectNode read(String name) {
    String file = "figures/" + name + ".vl.json";
    try {
      return (ObjectNode) ResultsFolder.json().readTree(Resources.read(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
