package pushlab.report.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Transport;
import pushlab.report.text.Language;
import pushlab.report.text.Phrase;
import pushlab.report.text.Resources;
import pushlab.report.text.Text;

/// What the calculator and the map are made of, fit to stand in a page that loads nothing.
public final class ModelScripts {

  /// Each after those that it imports.
  private static final List<String> MODULES =
      List.of(
          "calculator.js",
          "map.js",
          "settings.js",
          "model-words.js",
          "element.js",
          "map-page.js",
          "model-page.js");

  private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;\n");
  private static final Pattern EXPORT = Pattern.compile("(?m)^export ((?:const|function) (\\w+))");

  private ModelScripts() {}

  /// The modules as one, of each only what it exports to be seen by those after it.
  public static String js() {
    return MODULES.stream()
        .map(module -> Resources.read("model/" + module))
        .map(ModelScripts::bare)
        .collect(Collectors.joining("\n"));
  }

  /// The model, the texts in both languages and the map's spec; no `<` in it can end its element.
  ///
  /// @param transports those of which the page tells, measured or not
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

  private static String bare(String module) {
    String exported =
        EXPORT
            .matcher(module)
            .results()
            .map(match -> match.group(2))
            .collect(Collectors.joining(", "));
    String body = EXPORT.matcher(IMPORT.matcher(module).replaceAll("")).replaceAll("$1");
    return "const { %1$s } = (() => {%n%2$s%nreturn { %1$s };%n})();".formatted(exported, body);
  }
}
