package pushlab.report.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Transport;
import pushlab.report.text.Language;
import pushlab.report.text.Phrase;
import pushlab.report.text.Resources;
import pushlab.report.text.Text;

/// The scripts and the data of the calculator and the map, in a form that can be embedded in a
/// page.
public final class ModelScripts {

  /// Imported by the page, and by each other, as `#model/` and its name.
  static final List<String> MODULES =
      List.of(
          "advice.js",
          "calculator.js",
          "element.js",
          "fit-page.js",
          "load.js",
          "map.js",
          "map-page.js",
          "model-page.js",
          "model-words.js",
          "prices-page.js",
          "settings.js",
          "wire.js");

  private ModelScripts() {}

  /// An import map with each module as a `data:` URL: a page that is opened from a file has them
  /// all within.
  public static String importMap() {
    ObjectNode map = ResultsFolder.json().createObjectNode();
    ObjectNode imports = map.putObject("imports");
    for (String module : MODULES) {
      imports.put("#model/" + module, url(Resources.read("model/" + module)));
    }
    return Text.embedded(map.toString());
  }

  /// The model, the texts in both languages and the map's spec, as JSON in which no `<` can end
  /// its element.
  ///
  /// @param transports those that the page shows, measured or not
  public static String json(Model model, List<Transport> transports) {
    try {
      ObjectNode all = ResultsFolder.json().createObjectNode();
      all.set("model", ResultsFolder.json().valueToTree(model));
      all.set(
          "transports",
          ResultsFolder.json().valueToTree(transports.stream().map(Transport::traits).toList()));
      all.set("texts", texts());
      all.set("mapSpec", ResultsFolder.json().readTree(Resources.read("model/map.vl.json")));
      return Text.embedded(all.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("the calculator's texts or spec", e);
    }
  }

  private static JsonNode texts() throws IOException {
    JsonNode texts = ResultsFolder.json().readTree(Resources.read("model/model-texts.json"));
    for (Language language : Language.values()) {
      ObjectNode names = texts.withObject("/" + language.id() + "/transports");
      for (Transport transport : Transport.values()) {
        names.put(transport.id(), Phrase.of(transport).in(language));
      }
    }
    return texts;
  }

  private static String url(String script) {
    return "data:text/javascript;charset=utf-8," + Text.segment(script);
  }
}
