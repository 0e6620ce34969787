package pushlab.report;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.report.figure.Figure;
import pushlab.report.figure.Figures;
import pushlab.report.figure.Words;
import pushlab.report.judge.ByNetwork;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.IdleSummary;
import pushlab.report.judge.Resolution;
import pushlab.report.judge.UsualScatter;
import pushlab.report.model.ModelScripts;
import pushlab.report.result.Run;
import pushlab.report.text.Language;
import pushlab.report.text.Remark;
import pushlab.report.text.Resources;
import pushlab.report.text.Template;

/// Writes the findings as HTML and as Markdown.
final class Page {

  private final Findings findings;
  private final List<Figure> figures;
  private final Map<String, @Nullable Object> model = new HashMap<>();

  Page(Findings findings) {
    this.findings = findings;
    List<CellSummary> near = ByNetwork.nearest(findings.cells());
    Optional<Figure> first = Figures.first(findings.cells());
    List<Figure> others =
        Figures.of(near, findings.histograms(), findings.jmh(), findings.gatling());
    NetworkSection network = NetworkSection.of(findings).orElse(null);
    List<Figure> networks = network == null ? List.of() : network.figures();
    HerdSection herd = HerdSection.of(findings.herds());
    List<Figure> herds = herd == null ? List.of() : herd.figures();
    List<Figure> byDelivery = Figures.byDelivery(findings.byDelivery());
    this.figures =
        Stream.of(first.stream().toList(), others, networks, herds, byDelivery)
            .flatMap(List::stream)
            .toList();
    Run run = findings.run();
    Cautions cautions = Cautions.of(findings.all());
    model.put("run", run);
    model.put("title", run == null ? "run" : run.id());
    model.put("remarks", run == null ? List.of() : Remark.of(run));
    model.put("quality", findings.quality());
    model.put("broken", findings.broken());
    model.put("advices", findings.advices());
    model.put("answers", Answer.of(findings));
    model.put("tally", Tally.of(findings.verdicts()));
    model.put("resolution", findings.resolution().stream().map(Resolution::phrase).toList());
    model.put("cautions", cautions.ofAll());
    model.put("borrowed", UsualScatter.read().runs());
    model.put("columns", CellRow.COLUMNS);
    model.put("rows", findings.all().stream().map(cell -> CellRow.of(cell, cautions)).toList());
    model.put("unfit", findings.all().stream().anyMatch(cell -> !cell.unfit().isEmpty()));
    model.put("road", RoadSection.of(findings.road()));
    model.put("network", network);
    model.put("herd", herd);
    model.put("idle", findings.idle());
    model.put("idleColumns", IdleSummary.COLUMNS);
    model.put("nodes", NodesTable.of(findings.nodes()));
    model.put("nodesColumns", NodesTable.COLUMNS);
    model.put("byDelivery", ByDeliveryTable.of(findings.byDelivery()));
    model.put("byDeliveryColumns", ByDeliveryTable.COLUMNS);
    model.put("byDeliveryFigures", byDelivery);
    model.put("judged", ByDeliveryTable.judged(findings).orElse(null));
    model.put("jmh", findings.jmh());
    model.put("gatling", findings.gatling());
    model.put("first", first.orElse(null));
    model.put("figures", others);
    model.put("reckons", !findings.model().transports().isEmpty());
    model.put("modelJson", ModelScripts.json(findings.model(), findings.transports()));
    model.put("importMap", ModelScripts.importMap());
  }

  String html() throws IOException {
    return html("body.html.peb", model, figures, Words.json(findings.cells(), findings.herds()));
  }

  /// One file in both languages that needs no other file and no network.
  ///
  /// @param body the template of its content
  /// @param words the texts of the figures in French, as JSON
  static String html(
      String body, Map<String, @Nullable Object> model, List<Figure> figures, String words)
      throws IOException {
    var shell = new HashMap<>(model);
    shell.putIfAbsent("reckons", false);
    for (Language language : Language.values()) {
      shell.put(
          language.name().toLowerCase(Locale.ROOT), Template.HTML.fill(body, model, language));
    }
    shell.put("css", Resources.read("report.css") + Resources.read("model/model.css"));
    shell.put("languageJs", Resources.read("language.js") + Resources.read("fold.js"));
    shell.put("figures", figures);
    shell.put("words", words);
    shell.put("js", Resources.read("report.js"));
    shell.put("vegaConfig", Resources.read("figures/config.json"));
    shell.put(
        "libraries", Stream.of("vega", "vega-lite", "vega-embed").map(Resources::script).toList());
    return Template.HTML.fill("report.html.peb", shell, Language.ENGLISH);
  }

  String markdown(Language language) throws IOException {
    return Template.MARKDOWN.fill("report.md.peb", model, language);
  }
}
