package pushlab.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.figure.Words;
import pushlab.report.herd.HerdSituation;
import pushlab.report.result.BrokenResultException;
import pushlab.report.result.ResultsFolder;
import pushlab.report.text.Language;
import pushlab.report.text.Phrase;
import pushlab.report.text.Resources;
import pushlab.report.text.Screen;
import pushlab.report.text.Template;

/// The page of a folder that has nothing but what was measured of herds.
final class HerdReport {

  /// The JSON schema of `herd.json`.
  private static final String SCHEMA = "herd.schema.json";

  private record Json(List<HerdSituation> herds, List<Phrase> broken) {}

  private HerdReport() {}

  /// Whether `folder` is not that of a run and has something of herds.
  static boolean isFor(ResultsFolder folder) {
    return !Files.exists(folder.path().resolve("run.json"))
        && Files.isDirectory(folder.path().resolve("herd"));
  }

  /// Writes `index.html`, `herd.md`, `herd.fr.md`, `herd.json` and its schema into `folder`. Files
  /// that are invalid are left out.
  ///
  /// @throws IOException if a file cannot be written
  static Report.Written write(ResultsFolder folder, Screen screen) throws IOException {
    var faults = new ArrayList<BrokenResultException>();
    List<HerdSituation> herds = HerdSituation.of(folder.herds(faults));
    List<Phrase> broken = faults.stream().map(e -> Phrase.of(e.said(folder.path()))).toList();
    HerdSection section = HerdSection.of(herds);
    var model = new HashMap<String, @Nullable Object>();
    model.put("title", folder.path().toAbsolutePath().normalize().getFileName());
    model.put("herd", section);
    model.put("broken", broken);
    Path path = folder.path();
    write(
        folder.indexHtml(),
        Page.html(
            "herd-page.html.peb",
            model,
            section == null ? List.of() : section.figures(),
            Words.json(List.of(), herds)));
    for (Language language : Language.values()) {
      write(
          path.resolve(language == Language.ENGLISH ? "herd.md" : "herd.fr.md"),
          Template.MARKDOWN.fill("herd-page.md.peb", model, language));
    }
    write(
        path.resolve("herd.json"),
        ResultsFolder.json().writeValueAsString(new Json(herds, broken)) + "\n");
    write(path.resolve(SCHEMA), Resources.read(SCHEMA));
    return new Report.Written(
        List.of(),
        HerdSummary.of(herds, screen),
        folder.indexHtml(),
        broken.stream().map(screen::say).toList());
  }

  private static void write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
