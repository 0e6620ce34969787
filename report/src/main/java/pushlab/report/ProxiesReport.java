package pushlab.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.BrokenResultException;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.road.ProxyResult;
import pushlab.report.road.Road;
import pushlab.report.text.Language;
import pushlab.report.text.Phrase;
import pushlab.report.text.Resources;
import pushlab.report.text.Screen;
import pushlab.report.text.Template;

/// The page of a folder that has nothing but what was measured of proxies.
final class ProxiesReport {

  /// The JSON schema of `proxies.json`; it refers to that of a report of one run.
  private static final String SCHEMA = "proxies.schema.json";

  private record Json(Road road, List<Phrase> broken) {}

  private ProxiesReport() {}

  /// Whether `folder` is not that of a run and has something of proxies.
  static boolean isFor(ResultsFolder folder) {
    return !Files.exists(folder.path().resolve("run.json"))
        && Files.isDirectory(folder.path().resolve("proxies"));
  }

  /// Writes `index.html`, `proxies.md`, `proxies.fr.md`, `proxies.json` and its schema into
  /// `folder`. Files that are invalid are left out.
  ///
  /// @throws IOException if a file cannot be written
  static Report.Written write(ResultsFolder folder, Screen screen) throws IOException {
    var faults = new ArrayList<BrokenResultException>();
    List<ProxyResult> measured = folder.proxies(faults);
    List<Phrase> broken = faults.stream().map(e -> Phrase.of(e.said(folder.path()))).toList();
    Road road = Road.of(true, measured);
    var model = new HashMap<String, @Nullable Object>();
    model.put("title", folder.path().toAbsolutePath().normalize().getFileName());
    model.put("road", RoadSection.of(road));
    model.put("broken", broken);
    Path path = folder.path();
    write(folder.indexHtml(), Page.html("proxies.html.peb", model, List.of(), "{}"));
    for (Language language : Language.values()) {
      write(
          path.resolve(language == Language.ENGLISH ? "proxies.md" : "proxies.fr.md"),
          Template.MARKDOWN.fill("proxies.md.peb", model, language));
    }
    write(
        path.resolve("proxies.json"),
        ResultsFolder.json().writeValueAsString(new Json(road, broken)) + "\n");
    for (String schema : List.of(SCHEMA, Report.SCHEMA)) {
      write(path.resolve(schema), Resources.read(schema));
    }
    return new Report.Written(
        List.of(),
        RoadSummary.of(measured, screen),
        folder.indexHtml(),
        broken.stream().map(screen::say).toList());
  }

  private static void write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
