package pushlab.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.docs.Documents.CHECKOUT;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The documents: links that lead somewhere, and two languages that say the same.
class DocsTest {

  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
  private static final Pattern EXTERNAL = Pattern.compile("\\]\\((https?:[^)]*)\\)");
  private static final Pattern IMAGE = Pattern.compile("!\\[([^]]*)\\]\\(");
  private static final Pattern MENTION =
      Pattern.compile("(?<![\\w/.])((?:docs|findings)/[\\w/.-]*\\w\\.(?:md|json|cfg|conf|sh|txt))");
  private static final Pattern COMMIT = Pattern.compile("\\bcommit\\s+([0-9a-f]{7,})");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:[.,\u00a0][0-9]+)*");

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadToFilesAndSectionsThatExist(Path document) throws IOException {
    for (MatchResult link : LINK.matcher(Files.readString(document)).results().toList()) {
      Path target =
          link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1)).normalize();
      assertThat(target).as(link.group()).exists();
      if (link.group(2) != null) {
        assertThat(sections(target)).as(link.group()).contains(link.group(2));
      }
    }
  }

  /// Whether the page is there, only the network could tell.
  @ParameterizedTest
  @MethodSource("documents")
  void linksToOtherSitesAreWellFormed(Path document) throws IOException {
    for (MatchResult link : EXTERNAL.matcher(Files.readString(document)).results().toList()) {
      URI address = URI.create(link.group(1));
      assertThat(address.getScheme()).as(link.group()).isEqualTo("https");
      assertThat(address.getHost()).as(link.group()).contains(".");
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyPictureIsDescribedInWords(Path document) throws IOException {
    for (MatchResult image : IMAGE.matcher(Files.readString(document)).results().toList()) {
      assertThat(image.group(1)).as(image.group()).isNotBlank();
    }
  }

  @Test
  void documentsThatCodeNamesAreThere() throws IOException {
    String[] endings = {".java", ".js", ".xml", ".sh", ".peb", ".properties", ".cfg", ".conf"};
    for (Path source : Documents.sources("", endings)) {
      for (MatchResult name : MENTION.matcher(Files.readString(source)).results().toList()) {
        assertThat(CHECKOUT.resolve(name.group(1))).as("named in %s", source).exists();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void everyDecisionHasItsNumberADateAndAStatus(Path decision) throws IOException {
    int number = Integer.parseInt(decision.getFileName().toString().substring(0, 4));
    assertThat(Files.readString(decision))
        .matches(
            "(?s)# "
                + number
                + "\\. .+?\n\n(Date )?20\\d\\d-\\d\\d-\\d\\d, (status )?(accepted|replaced)\\b.*");
  }

  @ParameterizedTest
  @CsvSource({"README.md, README.fr.md", "docs/transports.md, docs/transports.fr.md"})
  void frenchSaysTheSameAsEnglish(Path english, Path french) throws IOException {
    assertThat(headingLevels(french)).isEqualTo(headingLevels(english));
    assertThat(code(french)).isEqualTo(code(english));
    assertThat(images(french)).isEqualTo(images(english));
    assertThat(tableNumbers(french, ",", "\u00a0")).isEqualTo(tableNumbers(english, ".", ","));
  }

  @ParameterizedTest
  @CsvSource({"docs/transports.md", "docs/transports.fr.md"})
  void theEssayQuotesTheMeasurement(Path essay) throws IOException {
    assertThat(commit(essay)).isEqualTo(commit(Path.of("docs/performance.md")));
  }

  @Test
  void findsTheDocuments() throws IOException {
    assertThat(decisions()).isNotEmpty();
    assertThat(documents())
        .contains(CHECKOUT.resolve("README.md"), CHECKOUT.resolve("docs/api.md"));
  }

  static List<Path> documents() throws IOException {
    return Documents.all();
  }

  static List<Path> decisions() throws IOException {
    return Documents.sources("docs/adr", ".md");
  }

  /// The anchors that GitHub gives to the headings of `document`.
  private static List<String> sections(Path document) throws IOException {
    return headings(document)
        .map(heading -> heading.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  private static List<Integer> headingLevels(Path document) throws IOException {
    return headings(document).map(heading -> heading.indexOf(' ')).toList();
  }

  private static Stream<String> headings(Path document) throws IOException {
    return Documents.lines(document).filter(line -> line.matches("#+ .*"));
  }

  /// The code of `document` without what is said about it: that comes after three spaces, or in
  /// brackets.
  private static List<String> code(Path document) throws IOException {
    return Documents.lines(document)
        .filter(line -> line.startsWith("    "))
        .map(line -> line.substring(4).replaceFirst("( {3}| \\().*", ""))
        .toList();
  }

  private static List<String> images(Path document) throws IOException {
    return Documents.lines(document)
        .filter(line -> line.startsWith("!["))
        .map(line -> line.replaceFirst(".*]", ""))
        .toList();
  }

  private static List<String> tableNumbers(Path document, String point, String thousands)
      throws IOException {
    List<String> numbers = new ArrayList<>();
    Documents.lines(document)
        .filter(line -> line.startsWith("|"))
        .flatMap(line -> NUMBER.matcher(line).results())
        .forEach(number -> numbers.add(number.group().replace(thousands, "").replace(point, ".")));
    return numbers;
  }

  private static String commit(Path document) throws IOException {
    var matcher = COMMIT.matcher(Files.readString(CHECKOUT.resolve(document)));
    assertThat(matcher.find()).as("%s names the commit that was measured", document).isTrue();
    return matcher.group(1);
  }
}
