package pushlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.report.result.ResultsFolder;
import pushlab.report.road.Roads;
import pushlab.report.text.Language;
import pushlab.report.text.Screen;

/// The page of a folder that has nothing but proxies, and their table for a terminal.
class ProxiesReportTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"proxies.md", "proxies.fr.md"})
  void reportsProxiesAsExpected(String name) throws IOException {
    Report.Written written = Report.write(Folders.copy("proxies", folder));

    assertThat(written.broken()).isEmpty();
    same(folder.resolve(name), name);
  }

  @ParameterizedTest
  @CsvSource({"ENGLISH,100", "FRENCH,100", "ENGLISH,80"})
  void printsWhichTransportsGetThrough(Language language, int columns) throws IOException {
    String text = RoadSummary.of(Roads.six(), new Screen(language, columns, false));

    String name = "terminal.%s.%d.txt".formatted(language.id(), columns);
    Files.writeString(folder.resolve(name), text + "\n");
    same(folder.resolve(name), name);
  }

  @Test
  void namesABrokenFileAndReportsTheRest() throws IOException {
    ResultsFolder results = Folders.copy("proxies", folder);
    Path proxies = folder.resolve("proxies");
    Files.writeString(proxies.resolve("caddy.json"), "{}");
    Files.copy(proxies.resolve("nginx.json"), proxies.resolve("other.json"));
    Files.writeString(
        proxies.resolve("squid.json"),
        Files.readString(proxies.resolve("squid.json")).replaceFirst("\"value\": \\{", "\"x\": {"));

    Report.Written written = Report.write(results);

    assertThat(written.broken())
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).startsWith("proxies/caddy.json: expected what was"))
        .anySatisfy(line -> assertThat(line).contains("other.json").contains("'nginx'"))
        .anySatisfy(line -> assertThat(line).startsWith("proxies/squid.json: expected what was"));
    assertThat(Files.readString(written.html())).contains("Varnish 7.1.1");
  }

  @Test
  void noTextOfAProxyBecomesMarkup() throws IOException {
    ResultsFolder results = Folders.copy("proxies", folder);
    Path squid = folder.resolve("proxies/squid.json");
    Files.writeString(
        squid, Files.readString(squid).replace("\"Squid\"", "\"<script>alert(1)</script>\""));

    assertThat(Files.readString(Report.write(results).html()))
        .doesNotContain("<script>alert")
        .contains("&lt;script&gt;alert");
  }

  @Test
  void saysThatNoProxyWasMeasured() throws IOException {
    Files.createDirectories(folder.resolve("proxies"));

    Report.Written written = Report.write(new ResultsFolder(folder));

    assertThat(written.summary()).isEqualTo("No proxy was measured.");
    assertThat(Files.readString(written.html())).contains("No proxy was measured.");
  }

  private static void same(Path written, String name) throws IOException {
    Path expected = Folders.GOLDEN.resolve("proxies/expected").resolve(name);
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(expected.getParent());
      Files.copy(written, expected, StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(written).hasSameTextualContentAs(expected);
  }
}
