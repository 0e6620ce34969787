package pushlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.report.result.ResultsFolder;

class ReportTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "good",
        "noisy",
        "transport-missing",
        "broken",
        "hostile",
        "nodes",
        "deliveries",
        "networks",
        "behind",
        "empty"
      })
  void reportsGoldenResultsAsExpected(String golden) throws IOException {
    Report.write(Folders.copy(golden, folder));

    for (String name : new String[] {"report.json", "report.md", "report.fr.md"}) {
      Path expected = Folders.GOLDEN.resolve(golden).resolve("expected").resolve(name);
      if ("write".equals(System.getProperty("golden"))) {
        Files.createDirectories(expected.getParent());
        Files.copy(folder.resolve(name), expected, StandardCopyOption.REPLACE_EXISTING);
      }
      assertThat(folder.resolve(name)).hasSameTextualContentAs(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"report.md", "report.fr.md"})
  void reportsTheSampleAsCommitted(String name) throws IOException {
    assertThat(Report.write(Folders.copy(Folders.SAMPLE, folder)).broken()).isEmpty();

    Path expected = Folders.SAMPLE.resolve(name);
    if ("write".equals(System.getProperty("golden"))) {
      Files.copy(folder.resolve(name), expected, StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(folder.resolve(name)).hasSameTextualContentAs(expected);
  }

  @Test
  void namesBrokenFilesAndReportsTheRest() throws IOException {
    Report.Written written = Report.write(Folders.copy("broken", folder));

    assertThat(written.broken())
        .anySatisfy(line -> assertThat(line).startsWith("run.json: expected a run, but "))
        .anySatisfy(
            line -> assertThat(line).startsWith("cells/websocket-100-2/cell.json: expected a cell"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "cells/sse-100-2/repeat-2.hlog: expected a histogram log,"
                            + " but there is no such file"))
        .anySatisfy(line -> assertThat(line).startsWith("jmh.json: expected JMH's results"))
        .anySatisfy(line -> assertThat(line).startsWith("gatling/websocket/index.html: expected"))
        .hasSize(5);
    assertThat(written.verdicts()).anyMatch(verdict -> verdict.best() != null);
    assertThat(Files.readString(written.html()))
        .contains("cells/sse-100-2/repeat-2.hlog: expected")
        .contains("cells/sse-100-2/repeat-2.hlog devrait être un journal d’histogramme");
  }

  @Test
  void saysThatAFolderIsEmpty() throws IOException {
    Report.Written written = Report.write(new ResultsFolder(folder));

    assertThat(written.summary()).contains("No cell was measured");
    assertThat(written.broken())
        .containsExactly("run.json: expected a run, but there is no such file");
    assertThat(Files.readString(written.html())).contains("No cell was measured");
    assertThat(folder.resolve("report.md")).content().contains("No cell was measured");
  }

  @Test
  void givesACellWithoutRepeatsNoVerdictAndComparesTheOthers() throws IOException {
    ResultsFolder results = Folders.copy("good", folder);
    putRepeats("[]");

    Report.Written written = Report.write(results);

    assertThat(written.broken()).isEmpty();
    assertThat(written.summary()).contains("nothing was delivered", "★ 1.71 ms");
  }

  @Test
  void treatsANullThatMustBeAValueAsABrokenFile() throws IOException {
    ResultsFolder results = Folders.copy("good", folder);
    putRepeats("null");

    assertThat(Report.write(results).broken())
        .singleElement()
        .asString()
        .startsWith("cells/sse-100-2/cell.json: expected a cell, but ");
  }

  @Test
  void putsEverythingIntoOnePage() throws IOException {
    Report.Written written = Report.write(Folders.copy("good", folder));

    String html = Files.readString(written.html());
    assertThat(html).hasSizeLessThan(4_000_000);
    assertThat(html).doesNotContain("<script src", "<link rel=\"stylesheet\"", "@import");
    assertThat(html)
        .contains("id=\"percentiles\"", "id=\"clients\"", "id=\"cpu\"", "id=\"bytes\"")
        .contains("id=\"requests\"", "id=\"memory\"", "id=\"jmh-us-op\"", "id=\"jmh-ops-us\"")
        .contains("id=\"gatling-connections\"", "id=\"gatling-answers\"")
        .contains("Most connections at one time: long polling 199 of 200; WebSocket 200 of 200.")
        .contains("at the median: long polling 198; WebSocket 2.")
        .contains("href=\"cells/websocket-100-2/cell.json\"")
        .contains("href=\"cells/websocket-100-2/repeat-1.hlog\"")
        .contains(
            "href=\"gatling/long-polling/index.html\"", ">25003<", "connection &lt;refused&gt;");
    assertThat(written.summary())
        .contains("100 clients, 2 updates a second", "★ 147 B", "≈ 1.71 ms");
  }

  @Test
  void noTextOfARunBecomesMarkup() throws IOException {
    Report.Written written = Report.write(Folders.copy("hostile", folder));

    String html = Files.readString(written.html());
    assertThat(html).doesNotContain("</script><b>", "<script>alert");
    assertThat(html).contains("&lt;/script&gt;&lt;b&gt;");
  }

  @Test
  void aRunWithASecondDeliveryHasTheAnswersOfOneWithoutIt() throws IOException {
    JsonNode both = json(Report.write(Folders.copy("deliveries", folder.resolve("both"))));
    ResultsFolder first = Folders.copy("deliveries", folder.resolve("first"));
    for (Path file : secondDelivery(first)) {
      Files.delete(file);
    }
    JsonNode alone = json(Report.write(first));

    for (String part : List.of("answers", "verdicts", "resolution", "model")) {
      assertThat(both.path(part)).as(part).isNotEmpty().isEqualTo(alone.path(part));
    }
    assertThat(both.path("byDelivery")).hasSize(4);
    assertThat(alone.has("byDelivery")).isFalse();
    assertThat(alone.path("cells")).hasSize(6);
    assertThat(both.path("cells")).hasSize(10);
  }

  @Test
  void saysWhatAThreadForEachClientCostsIfARunHasBothDeliveries() throws IOException {
    Report.Written written = Report.write(Folders.copy("deliveries", folder.resolve("both")));

    assertThat(Files.readString(written.html()))
        .contains("id=\"delivery\"", "id=\"delivery-cpu\"", "id=\"delivery-memory\"")
        .contains("Loop is best; Threads is second, with ")
        .contains("Boucle est le meilleur\u00a0; Threads est deuxième, avec ")
        .contains("the calculator and the map use one of them: loop.");
    assertThat(Files.readString(Report.write(Folders.copy("good", folder.resolve("one"))).html()))
        .doesNotContain("id=\"delivery", "in two ways");
  }

  /// The files of its cells, and then their folders.
  private static List<Path> secondDelivery(ResultsFolder results) throws IOException {
    try (var files = Files.walk(results.path().resolve("cells"))) {
      return files
          .filter(file -> file.toString().contains("-threads"))
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  @Test
  void drawsNoDeliveryWhoseMemoryIsNotKnown() throws IOException {
    ResultsFolder results = Folders.copy("deliveries", folder);
    for (String transport : List.of("long-polling", "sse")) {
      Path cell = folder.resolve("cells/%s-2000-2-threads/cell.json".formatted(transport));
      Files.writeString(
          cell,
          Files.readString(cell)
              .replaceAll("\"heapKiBPerConnection\" : [0-9.]+", "\"heapKiBPerConnection\" : null"));
    }

    String html = Files.readString(Report.write(results).html());
    assertThat(html)
        .contains("Long polling with 2,000 clients, 2 updates a second: Loop is best")
        .contains("Long polling with 100 clients, 2 updates a second: too close to call");
  }

  private static JsonNode json(Report.Written written) throws IOException {
    return ResultsFolder.json()
        .readTree(Files.readString(written.html().resolveSibling("report.json")));
  }

  private void putRepeats(String json) throws IOException {
    Path cell = folder.resolve("cells/sse-100-2/cell.json");
    String measured = Files.readString(cell);
    Files.writeString(
        cell, measured.replaceAll("(?s)\"repeats\" : \\[.*]", "\"repeats\" : " + json));
  }
}
