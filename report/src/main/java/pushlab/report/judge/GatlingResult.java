package pushlab.report.judge;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pushlab.report.result.BrokenResultException;
import pushlab.report.result.Expected;
import pushlab.report.result.Flaw;
import pushlab.report.result.GatlingStats;
import pushlab.report.result.ResultsFolder;
import pushlab.report.text.Phrase;
import pushlab.report.text.Text;

/// One simulation: Gatling's own report and what it counted.
///
/// @param name the name of the simulation's folder, which is the transport's id
/// @param html a link to Gatling's report, relative to the run's folder
/// @param stats null if `stats.json` is missing or broken
public record GatlingResult(String name, String html, @Nullable GatlingStats stats) {

  /// The simulations in `folder`, by name; empty if there is no such folder.
  ///
  /// @param broken receives one exception for each file that is missing or cannot be read
  /// @throws BrokenResultException if the folder cannot be read
  public static List<GatlingResult> read(Path folder, List<BrokenResultException> broken) {
    var results = new ArrayList<GatlingResult>();
    for (Path simulation : simulations(folder)) {
      String name = String.valueOf(simulation.getFileName());
      Path html = simulation.resolve("index.html");
      if (!Files.exists(html)) {
        broken.add(new BrokenResultException(html, Expected.GATLING, Flaw.NO_FILE.said()));
        continue;
      }
      GatlingStats stats = null;
      try {
        stats = stats(simulation.resolve("stats.json"));
      } catch (BrokenResultException e) {
        broken.add(e);
      }
      results.add(new GatlingResult(name, "gatling/" + Text.segment(name) + "/index.html", stats));
    }
    return results;
  }

  /// What was counted, in a sentence. There must be stats.
  @JsonIgnore
  public Phrase phrase() {
    GatlingStats counted = requireNonNull(stats);
    return Phrase.of(
        "gatling",
        Phrase.number(counted.connected(), Text::count),
        Phrase.number(counted.clients(), Text::count),
        Phrase.number(counted.rampSeconds(), Text::number),
        Phrase.number(counted.holdSeconds(), Text::number),
        Phrase.number(counted.updatesPerSecond(), Text::number));
  }

  private static List<Path> simulations(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new BrokenResultException(folder, Expected.GATLING_FOLDER, e);
    }
  }

  private static @Nullable GatlingStats stats(Path file) {
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return ResultsFolder.json().readValue(Files.readAllBytes(file), GatlingStats.class);
    } catch (IOException e) {
      throw new BrokenResultException(file, Expected.COUNTED, e);
    }
  }
}
