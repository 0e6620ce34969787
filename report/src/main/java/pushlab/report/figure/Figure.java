package pushlab.report.figure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// A drawing by Vega-Lite and the same data as a table.
///
/// @param id its anchor on the page
/// @param says what it shows, with what can be seen in this run's data
/// @param spec in Vega-Lite's JSON, the data within, in English
public record Figure(
    String id,
    Phrase title,
    Phrase says,
    ObjectNode spec,
    List<Phrase> columns,
    List<List<Phrase>> rows) {

  /// The figure whose texts have the key `figure.<key>`, or nothing when there are no rows.
  ///
  /// @param seen what this run's data shows
  /// @param columns keys of texts
  static Optional<Figure> of(
      String id,
      String key,
      Optional<Phrase> seen,
      ObjectNode spec,
      List<String> columns,
      List<List<Phrase>> rows) {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Phrase title = Phrase.of("figure." + key);
    Phrase means = Phrase.of("figure." + key + ".means");
    return Optional.of(
        new Figure(
            id,
            title,
            seen.map(what -> Phrase.joined(" ", List.of(what, means))).orElse(means),
            spec.put("description", title.english()),
            columns.stream().map(column -> Phrase.of("column." + column)).toList(),
            rows));
  }

  /// The spec, fit to stand in a `script` element: no `<` in it can end the element.
  public String json() {
    return Text.embedded(spec.toString());
  }
}
