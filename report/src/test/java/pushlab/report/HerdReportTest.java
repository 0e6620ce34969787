package pushlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.report.herd.HerdSituation;
import pushlab.report.herd.Trials;
import pushlab.report.result.ResultsFolder;
import pushlab.report.text.Language;
import pushlab.report.text.Screen;

/// The page of a folder that has nothing but herds, and their tables for a terminal.
class HerdReportTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"herd.md", "herd.fr.md"})
  void reportsHerdsAsExpected(String name) throws IOException {
    Report.Written written = Report.write(Folders.herds(folder));

    assertThat(written.broken()).isEmpty();
    same(folder.resolve(name), name);
  }

  @ParameterizedTest
  @CsvSource({"ENGLISH,100", "FRENCH,100", "ENGLISH,80"})
  void printsTheWindowsOfEachEvent(Language language, int columns) throws IOException {
    ResultsFolder results = Folders.herds(folder);
    String text = Report.write(results, new Screen(language, columns, false)).summary();

    String name = "terminal.%s.%d.txt".formatted(language.id(), columns);
    Files.writeString(folder.resolve(name), text + "\n");
    same(folder.resolve(name), name);
  }

  @Test
  void beginsWithTheKneeAfterAKill() throws IOException {
    String summary = Report.write(Folders.herds(folder)).summary();

    assertThat(summary.lines().findFirst().orElseThrow())
        .startsWith("After a kill -9, 1,000 clients with long polling were all back after");
  }

  @Test
  void saysWhenWindowsAreTooFew() {
    var two =
        HerdSituation.of(
            List.of(Trials.trial().window(0).get(), Trials.trial().window(1).back(1, 2.5).get()));

    assertThat(HerdSummary.of(two, Screen.PLAIN))
        .startsWith("After a kill -9, 1,000 clients with long polling: window none, last client");
  }

  @Test
  void namesABrokenFileAndReportsTheRest() throws IOException {
    ResultsFolder results = Folders.herds(folder);
    Path herd = folder.resolve("herd");
    Files.writeString(herd.resolve("empty.json"), "{}");
    Files.writeString(herd.resolve("cut.json"), "{\"id\": \"cut\", \u001b[31m");
    Files.copy(herd.resolve("update-websocket-0.0-0.json"), herd.resolve("other.json"));

    Report.Written written = Report.write(results);

    assertThat(written.broken())
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).startsWith("herd/cut.json: expected what was"))
        .anySatisfy(line -> assertThat(line).startsWith("herd/empty.json: expected what was"))
        .anySatisfy(line -> assertThat(line).contains("other.json", "'update-websocket-0.0-0'"));
    assertThat(Files.readString(written.html())).contains("kill -9 and start, 1,000 clients");
  }

  @Test
  void refusesATrialThatMakesNoSense() throws IOException {
    ResultsFolder results = Folders.herds(folder);
    Path trial = folder.resolve("herd/update-websocket-0.0-0.json");
    String text = Files.readString(trial);
    Files.writeString(trial, text.replaceFirst("\"stepMillis\" : \\d+", "\"stepMillis\" : 0"));
    Path other = folder.resolve("herd/update-sse-0.0-0.json");
    Files.writeString(
        other,
        text.replace("update-websocket", "update-sse")
            .replaceFirst("\"clients\" : 1000", "\"clients\" : -1"));

    assertThat(Report.write(results).broken())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains("update-websocket").contains("stepMillis"))
        .anySatisfy(line -> assertThat(line).contains("update-sse").contains("clients"));
  }

  @Test
  void noTextOfATrialBecomesMarkup() throws IOException {
    ResultsFolder results = new ResultsFolder(folder);
    String name = "<img src=x onerror=owned=1>'\"|{0}?#%2f\u001b[31m";
    var trial = (ObjectNode) ResultsFolder.json().valueToTree(Trials.trial().get());
    trial.put("id", name);
    Files.createDirectories(folder.resolve("herd"));
    ResultsFolder.json().writeValue(folder.resolve("herd").resolve(name + ".json").toFile(), trial);

    Report.Written written = Report.write(results);

    assertThat(written.broken()).isEmpty();
    assertThat(Files.readString(written.html()).replaceAll("(?s)<script>.*?</script>", ""))
        .doesNotContain("<img src", "\u001b")
        .contains("&lt;img src=x onerror=owned=1&gt;");
    assertThat(written.summary()).doesNotContain("\u001b");
  }

  @Test
  void aRunThatHasHerdsShowsThem() throws IOException {
    Folders.copy("good", folder);
    Folders.herds(folder);

    Report.Written written = Report.write(new ResultsFolder(folder));

    assertThat(written.broken()).isEmpty();
    assertThat(Files.readString(written.html()))
        .contains(
            "Which transport, when, at what cost?", "<a href=\"#herd\">", "spec-herd-windows");
    assertThat(Files.readString(folder.resolve("report.md")))
        .contains("# When all come back at once", "## kill -9 and start, 1,000 clients");
  }

  @Test
  void saysThatNoHerdWasMeasured() throws IOException {
    Files.createDirectories(folder.resolve("herd"));

    Report.Written written = Report.write(new ResultsFolder(folder));

    assertThat(written.summary()).isEqualTo("No herd was measured.");
    assertThat(Files.readString(written.html())).contains("No herd was measured.");
  }

  private static void same(Path written, String name) throws IOException {
    Path expected = Folders.GOLDEN.resolve("herd/expected").resolve(name);
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(expected.getParent());
      Files.copy(written, expected, StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(written).hasSameTextualContentAs(expected);
  }
}
