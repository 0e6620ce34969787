package pushlab.report.figure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// A drawing by Vega-Lite, with the same data as a table.
///
/// @param id its anchor on the page
/// @param says what the figure shows, and what can be seen in the data of this run
/// @param spec in Vega-Lite's JSON, with the data, in English
public record Figure(
    String id,
    Phrase title,
    Phrase says,
    ObjectNode spec,
    List<Phrase> columns,
    List<List<Phrase>> rows) {

  /// The figure whose texts have the key `figure.<key>`; empty if there are no rows.
  ///
  /// @param seen what the data of this run shows
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
