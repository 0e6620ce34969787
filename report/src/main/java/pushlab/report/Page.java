package pushlab.report;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pushlab.report.Verdict.Outcome;
import pushlab.report.result.Run;
import pushlab.report.result.Transport;

/// The findings as HTML and as Markdown.
final class Page {

  private static final Pattern MARKDOWN = Pattern.compile("([\\\\`*_\\[\\]<>&|#])");
  private static final Pattern LINE_BREAK = Pattern.compile("\\R");

  private final Findings findings;
  private final Map<String, @Nullable Object> model = new HashMap<>();

  Page(Findings findings) {
    this.findings = findings;
    Run run = findings.run();
    model.put("run", run);
    model.put("title", run == null ? "run" : run.id());
    model.put("quality", findings.quality());
    model.put("broken", findings.broken());
    model.put("answers", Answer.of(findings));
    model.put("tally", tally());
    model.put("columns", CellRow.COLUMNS);
    model.put("rows", findings.cells().stream().map(CellRow::of).toList());
    model.put("unfit", findings.cells().stream().anyMatch(cell -> !cell.unfit().isEmpty()));
    model.put("idle", findings.idle());
    model.put("idleColumns", IdleSummary.COLUMNS);
    model.put("jmh", findings.jmh());
    model.put("gatling", findings.gatling());
    model.put("reckons", !findings.model().transports().isEmpty());
  }

  /// One file with all that it needs inside: it opens without a network.
  String html() throws IOException {
    model.put("css", Resources.read("report.css") + Resources.read("model.css"));
    model.put("js", Resources.read("report.js"));
    model.put("vegaConfig", Resources.read("figures/config.json"));
    model.put(
        "libraries", Stream.of("vega", "vega-lite", "vega-embed").map(Resources::script).toList());
    model.put("figures", Figures.of(findings));
    model.put("modelJson", ModelScripts.json(findings.model()));
    model.put("modelJs", ModelScripts.js());
    return fill("report.html.peb", "html");
  }

  String markdown() throws IOException {
    return fill("report.md.peb", "markdown");
  }

  /// How often which transport was best, in a sentence.
  private String tally() {
    List<Verdict> verdicts = findings.verdicts();
    if (verdicts.isEmpty()) {
      return "No cell was measured: there is nothing to judge.";
    }
    var parts = new ArrayList<String>();
    for (var transport : Transport.values()) {
      long best = verdicts.stream().filter(verdict -> verdict.best() == transport).count();
      if (best > 0) {
        parts.add("%s is best in %d".formatted(transport.title(), best));
      }
    }
    for (Outcome outcome : Outcome.values()) {
      long count = verdicts.stream().filter(verdict -> verdict.outcome() == outcome).count();
      if (outcome != Outcome.BEST && count > 0) {
        parts.add(words(outcome) + ": " + count);
      }
    }
    return "Of %s: %s."
        .formatted(Text.count(verdicts.size(), "comparison"), String.join("; ", parts));
  }

  private static String words(Outcome outcome) {
    return switch (outcome) {
      case BEST -> "best";
      case TOO_CLOSE -> "too close to call";
      case NOT_PUBLISHABLE -> "no verdict, since the run is not publishable";
      case ONE_REPEAT -> "one repeat, which cannot tell how sure";
      case NOTHING_TO_COMPARE -> "too few to compare";
    };
  }

  private String fill(String template, String escaping) throws IOException {
    var loader = new ClasspathLoader(Page.class.getClassLoader());
    loader.setPrefix("pushlab/report");
    var engine =
        new PebbleEngine.Builder()
            .loader(loader)
            .strictVariables(true)
            .defaultLocale(Locale.ROOT)
            .addEscapingStrategy("markdown", Page::escaped)
            .defaultEscapingStrategy(escaping)
            .build();
    var text = new StringWriter();
    engine.getTemplate(template).evaluate(text, model);
    return text.toString();
  }

  private static String escaped(String text) {
    return LINE_BREAK.matcher(MARKDOWN.matcher(text).replaceAll("\\\\$1")).replaceAll(" ");
  }
}
