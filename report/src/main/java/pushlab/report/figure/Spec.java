package pushlab.report.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import pushlab.report.result.ResultsFolder;
import pushlab.report.text.Resources;

/// The figures' specs: files in Vega-Lite's own JSON, open in any of its editors, into which the
/// data is put.
final class Spec {

  private Spec() {}

  /// The spec of that name with `rows` as its data.
  ///
  /// @param selectable the values between which the reader may switch, if the spec has a parameter;
  ///     it begins with the last one, the heaviest workload, of which the sentences speak
  static ObjectNode of(String name, List<Map<String, Object>> rows, List<String> selectable) {
    ObjectNode spec = read(name);
    spec.putObject("data").set("values", ResultsFolder.json().valueToTree(rows));
    var values = List.copyOf(new LinkedHashSet<>(selectable));
    if (!values.isEmpty() && spec.path("params") instanceof ArrayNode params) {
      ObjectNode parameter = (ObjectNode) params.get(0);
      parameter.put("value", values.getLast());
      if (values.size() == 1) {
        parameter.remove("bind");
      } else {
        ((ObjectNode) parameter.get("bind"))
            .set("options", ResultsFolder.json().valueToTree(values));
      }
    }
    return spec;
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
