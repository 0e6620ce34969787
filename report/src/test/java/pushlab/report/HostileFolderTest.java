package pushlab.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.report.result.ResultsFolder;

/// A hostile run's folder: every text in its files, and every name of a file
/// that it may choose, is made of markup.
class HostileFolderTest {

  private static final String TEXT =
      "</script><img src=x onerror=owned=1>' onclick='owned=1' \"|a|b| [x](javascript:owned=1)"
          + " ![y](javascript:owned=1) {0} ${owned=1} {{owned}} <!-- &lt;b&gt; `c` ~~d~~\r\n# e\n"
          + "\u001b[31m\u009b2J\u202e\u0000";

  /// No file's name may hold a slash or NUL.
  private static final String NAME =
      "<img src=x onerror=owned=1>'\")](javascript:owned=1)|{0}?#%2f\u001b";

  /// What a file would not be read with, if it said something else.
  private static final Set<String> MEANT =
      Set.of("transport", "transports", "startedAt", "scoreError", "id");

  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @BeforeEach
  void fill() throws IOException {
    Folders.copy("good", folder);
    try (var all = Files.walk(folder)) {
      for (Path file : all.filter(one -> one.toString().endsWith(".json")).toList()) {
        JsonNode hostile = hostile(JSON.readTree(file.toFile()), "");
        Files.write(file, JSON.writeValueAsBytes(hostile));
      }
    }
    Files.move(folder.resolve("gatling/websocket"), folder.resolve("gatling").resolve(NAME));
    Path cell = folder.resolve("cells/websocket-100-2");
    var named = (ObjectNode) JSON.readTree(cell.resolve("cell.json").toFile());
    Files.write(cell.resolve("cell.json"), JSON.writeValueAsBytes(named.put("id", NAME)));
    Files.move(cell, cell.resolveSibling(NAME));
    Path broken = Files.createDirectories(folder.resolve("cells").resolve("2" + NAME));
    Files.writeString(broken.resolve("cell.json"), "{\"" + TEXT.strip());
  }

  private static JsonNode hostile(JsonNode node, String name) {
    if (node.isTextual() && !MEANT.contains(name)) {
      return new TextNode(TEXT);
    }
    if (node instanceof ObjectNode object) {
      object.properties().forEach(one -> one.setValue(hostile(one.getValue(), one.getKey())));
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, hostile(array.get(i), name));
      }
    }
    return node;
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "fr"})
  void noTextOfARunIsMarkupOfThePage(String language) throws IOException {
    Report.Written written = Report.write(new ResultsFolder(folder));
    Page page = browser.open(written.html(), new NewContextOptions().setLocale(language));

    assertThat(page.evaluate("window.owned")).isNull();
    assertThat(page.locator("img, [onclick], [onerror], main b").count()).isZero();
    assertThat(page.locator("a[href^='javascript' i]").count()).isZero();
    assertThat(page.locator("body").textContent())
        .contains("<img src=x onerror=owned=1>", "\\u001b[31m\\u009b2J\\u202e\\u0000");
    @SuppressWarnings("unchecked")
    var links =
        (List<String>)
            page.evaluate(
                "[...document.links].filter(a => a.protocol === 'file:' && !a.hash)"
                    + ".map(a => decodeURIComponent(a.pathname))");
    assertThat(links).anyMatch(link -> link.contains(NAME + "/cell.json"));
    assertThat(links).anyMatch(link -> link.contains(NAME + "/index.html"));
    assertPlain(Files.readString(written.html()).replaceAll("(?s)<script>.*?</script>", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"report.md", "report.fr.md"})
  void noTextOfARunIsMarkupOfTheMarkdown(String name) throws IOException {
    Report.write(new ResultsFolder(folder));
    String text = Files.readString(folder.resolve(name));

    assertPlain(text);
    // What follows a backslash is text.
    String markup = text.replaceAll("\\\\[\\\\`*_\\[\\]<>&|#~]", "");
    assertThat(markup).doesNotContain("<", "`", "~~").doesNotContainPattern("\\]\\(\\s*javascript");
    int columns = 0;
    for (String line : markup.lines().toList()) {
      int bars = line.startsWith("|") ? line.length() - line.replace("|", "").length() : 0;
      assertThat(columns == 0 || bars == 0 || bars == columns).as(line).isTrue();
      columns = bars;
    }
  }

  @Test
  void theJsonHoldsItsTextsAsTheyAre() throws IOException {
    Report.write(new ResultsFolder(folder));

    byte[] written = Files.readAllBytes(folder.resolve("report.json"));
    JsonNode json = JSON.readTree(written);
    assertThat(json.at("/run/command").asText()).isEqualTo(TEXT);
    var ids = new HashSet<String>();
    json.path("cells").forEach(cell -> ids.add(cell.path("id").asText()));
    assertThat(ids).contains(NAME);
    assertThat(new String(written, UTF_8)).doesNotContain("\u001b", "\u0000");
  }

  @Test
  void theIdOfACellDoesNotLeadOutOfTheFolder() throws IOException {
    Path cell = folder.resolve("cells/sse-100-2/cell.json");
    var named = (ObjectNode) JSON.readTree(cell.toFile());
    Files.write(cell, JSON.writeValueAsBytes(named.put("id", "../../elsewhere\u0000")));

    assertThat(Report.write(new ResultsFolder(folder)).broken())
        .anySatisfy(
            line -> assertThat(line).startsWith("cells/sse-100-2/cell.json: expected a cell with"));
  }

  private static void assertPlain(String text) {
    assertThat(text).doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\\t\\n\\r]]");
  }
}
