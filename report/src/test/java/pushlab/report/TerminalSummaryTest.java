package pushlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.report.text.Language;
import pushlab.report.text.Screen;

class TerminalSummaryTest {

  private static final String ESCAPE = "\u001b";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "good, ENGLISH, 100",
    "good, ENGLISH, 80",
    "good, ENGLISH, 120",
    "good, FRENCH, 80",
    "noisy, ENGLISH, 100",
    "transport-missing, ENGLISH, 100",
    "deliveries, ENGLISH, 100",
    "deliveries, FRENCH, 80"
  })
  void saysOfGoldenResultsWhatIsExpected(String golden, Language language, int columns)
      throws IOException {
    String said = said(Folders.GOLDEN.resolve(golden).resolve("results"), language, columns, false);

    Path expected =
        Folders.GOLDEN
            .resolve(golden)
            .resolve("expected")
            .resolve("terminal.%s.%d.txt".formatted(language.id(), columns));
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(expected, said + "\n");
    }
    assertThat(said + "\n").isEqualTo(Files.readString(expected));
  }

  @ParameterizedTest
  @CsvSource({"ENGLISH, 100", "ENGLISH, 80", "ENGLISH, 120", "FRENCH, 80", "FRENCH, 100"})
  void fitsTheScreenAndIsPlain(Language language, int columns) throws IOException {
    assertThat(said(Folders.SAMPLE, language, columns, false).lines())
        .allSatisfy(
            line -> {
              assertThat(line.length()).as(line).isLessThanOrEqualTo(columns);
              assertThat(line).doesNotContain(ESCAPE);
            });
  }

  @Test
  void aNarrowScreenLeavesOutTheLastColumns() throws IOException {
    String said = said(Folders.SAMPLE, Language.ENGLISH, 50, false);
    assertThat(said.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(50));
    assertThat(said).contains("median", "99 of 100").doesNotContain(" KiB");
  }

  @Test
  void colorAddsNothingButColor() throws IOException {
    String colored = said(Folders.SAMPLE, Language.ENGLISH, 100, true);
    assertThat(colored).contains(ESCAPE + "[1;32m");
    assertThat(colored.replaceAll(ESCAPE + "\\[[0-9;]*m", ""))
        .isEqualTo(said(Folders.SAMPLE, Language.ENGLISH, 100, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"good", "noisy", "transport-missing", "broken", "hostile", "nodes", "deliveries"})
  void answersTheSixQuestionsInALineEach(String golden) throws IOException {
    String said =
        said(Folders.GOLDEN.resolve(golden).resolve("results"), Language.ENGLISH, 1000, false);
    assertThat(said.lines())
        .filteredOn(line -> line.matches("(A|Presence) .*: .+"))
        .hasSize(6)
        .anyMatch(line -> line.startsWith("A payment’s status on a phone: "));
  }

  private String said(Path results, Language language, int columns, boolean color)
      throws IOException {
    Path copy = Files.createTempDirectory(folder, "run");
    return Report.write(Folders.copy(results, copy), new Screen(language, columns, color))
        .summary();
  }
}
