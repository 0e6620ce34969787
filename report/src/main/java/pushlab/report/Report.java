package pushlab.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.advice.Advice;
import pushlab.report.judge.ByDelivery;
import pushlab.report.judge.CellSummary;
import pushlab.report.judge.GatlingResult;
import pushlab.report.judge.IdleSummary;
import pushlab.report.judge.JmhScore;
import pushlab.report.judge.NodesSummary;
import pushlab.report.judge.Resolution;
import pushlab.report.judge.RunQuality;
import pushlab.report.judge.Verdict;
import pushlab.report.model.Model;
import pushlab.report.model.NetworkEffect;
import pushlab.report.result.Outage;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Run;
import pushlab.report.result.Transport;
import pushlab.report.road.Road;
import pushlab.report.text.Language;
import pushlab.report.text.Phrase;
import pushlab.report.text.Resources;
import pushlab.report.text.Screen;

/// Makes a run's results readable.
public final class Report {

  /// What was written.
  ///
  /// @param verdicts one for each workload and measure
  /// @param summary what was found, as text for a terminal
  /// @param html the page to open
  /// @param broken one sentence for each file that is missing or invalid: which file, what was
  ///     expected, what is wrong
  public record Written(List<Verdict> verdicts, String summary, Path html, List<String> broken) {}

  private record Json(
      @Nullable Run run,
      RunQuality quality,
      List<Advice> answers,
      List<CellSummary> cells,
      List<Verdict> verdicts,
      List<Resolution> resolution,
      List<IdleSummary> idle,
      List<NodesSummary> nodes,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ByDelivery> byDelivery,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NetworkEffect> networkEffects,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Outage> outages,
      Road road,
      List<Transport.Traits> transports,
      Model model,
      List<JmhScore> jmh,
      List<GatlingResult> gatling,
      List<Phrase> broken) {}

  /// The JSON schema of `report.json`.
  static final String SCHEMA = "report.schema.json";

  private Report() {}

  /// The same, with a summary in English for a file or a pipe.
  ///
  /// @throws IOException if a file cannot be written
  public static Written write(ResultsFolder folder) throws IOException {
    return write(folder, Screen.PLAIN);
  }

  /// Writes `index.html`, `report.md`, `report.fr.md`, `report.json` and its schema into
  /// `folder`. Files of the run that are missing or invalid are left out. A folder that has only
  /// what was measured of proxies gets `index.html`, `proxies.md`, `proxies.fr.md`, `proxies.json`
  /// and its schema; one of herds gets the same with `herd` in its names.
  ///
  /// @param screen what the summary is for
  /// @throws IOException if a file cannot be written
  public static Written write(ResultsFolder folder, Screen screen) throws IOException {
    if (ProxiesReport.isFor(folder)) {
      return ProxiesReport.write(folder, screen);
    }
    if (HerdReport.isFor(folder)) {
      return HerdReport.write(folder, screen);
    }
    Findings findings = Findings.read(folder);
    var page = new Page(findings);
    write(folder.path().resolve("report.json"), json(findings));
    write(folder.path().resolve(SCHEMA), Resources.read(SCHEMA));
    write(folder.path().resolve("report.md"), page.markdown(Language.ENGLISH));
    write(folder.path().resolve("report.fr.md"), page.markdown(Language.FRENCH));
    write(folder.indexHtml(), page.html());
    return new Written(
        findings.verdicts(),
        TerminalSummary.of(findings, screen),
        folder.indexHtml(),
        findings.broken().stream().map(screen::say).toList());
  }

  private static String json(Findings findings) throws IOException {
    return ResultsFolder.json()
            .writeValueAsString(
                new Json(
                    findings.run(),
                    findings.quality(),
                    findings.advices(),
                    findings.all(),
                    findings.verdicts(),
                    findings.resolution(),
                    findings.idle(),
                    findings.nodes(),
                    findings.byDelivery(),
                    findings.effects(),
                    findings.outages(),
                    findings.road().own() ? findings.road() : findings.road().brief(),
                    findings.transports().stream().map(Transport::traits).toList(),
                    findings.model(),
                    findings.jmh(),
                    findings.gatling(),
                    findings.broken()))
        + "\n";
  }

  private static void write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
