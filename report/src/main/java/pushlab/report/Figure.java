package pushlab.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/// A drawing by Vega-Lite and the same data as a table.
///
/// @param id its anchor on the page
/// @param says a sentence on what it shows
/// @param spec in Vega-Lite's JSON, the data within
record Figure(
    String id,
    String title,
    String says,
    ObjectNode spec,
    List<String> columns,
    List<List<String>> rows) {

  /// A figure, or nothing when there are no rows.
  static Optional<Figure> of(
      String id,
      String title,
      String says,
      ObjectNode spec,
      List<String> columns,
      List<List<String>> rows) {
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new Figure(id, title, says, spec.put("description", title), columns, rows));
  }

  /// The spec, fit to stand in a `script` element: no `<` in it can end the element.
  public String json() {
    return spec.toString().replace("<", "\\u003c");
  }
}
