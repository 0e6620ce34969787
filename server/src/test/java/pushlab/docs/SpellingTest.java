package pushlab.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import morfologik.speller.Speller;
import morfologik.stemming.Dictionary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Words are spelled as the dictionaries of LanguageTool have them, and code as it is. Names and
/// terms that no dictionary has stand in `docs/words.txt`.
class SpellingTest {

  private static final Pattern WORD = Pattern.compile("\\p{L}+(?:['’]\\p{L}+)*");
  private static final Pattern QUOTED = Pattern.compile("'[^'\\n]*'|`[^`]*`");
  private static final Path PAGE = Documents.CHECKOUT.resolve("client/web/texts");
  private static final Pattern NAME_IN_CODE = Pattern.compile("\\p{L}\\w*");

  /// What Markdown, HTML, a doc comment or a message has that is not prose.
  private static final Pattern NOT_PROSE =
      Pattern.compile(
          String.join(
              "|",
              "`[^`]*`",
              "\\]\\([^)]*\\)",
              "\\[[\\w.#()]+\\](?!\\()",
              "https?://\\S+",
              "[\\w./-]+\\.(md|sh|json|txt|cfg|conf|html|svg|png|js|java)\\b",
              "\\b[a-z]\\w*(\\.\\w+)+",
              "\\b[0-9a-f]{7,}\\b",
              "(?<!\\p{L})--?[a-z][\\w-]*",
              "(/\\w+)+",
              "@\\w+",
              "&\\w+;",
              "(?s)<(style|script|code|pre)\\b.*?</\\1>",
              "<[^>]+>",
              "(?s)\\{[{%].*?[}%]\\}",
              "\\$\\{[^}]*\\}",
              "\\{\\w*\\}"));

  private static final String ADVICE = "misspelled, or missing in docs/words.txt";

  private static Set<String> code = Set.of();
  private static Set<String> terms = Set.of();

  @BeforeAll
  static void readCode() throws IOException {
    Set<String> names = new HashSet<>();
    for (Path file : Documents.sources("", ".java", ".js", ".json", ".xml", ".properties")) {
      NAME_IN_CODE
          .matcher(Files.readString(file))
          .results()
          .forEach(name -> names.add(name.group()));
    }
    code = names;
    terms = new HashSet<>(Files.readAllLines(Documents.CHECKOUT.resolve("docs/words.txt")));
  }

  @Test
  void english() throws IOException {
    Words words = new Words("en/hunspell/en_US.dict", "en/hunspell/en_GB.dict");
    for (Path document : documents(false)) words.read(document, withoutCode(document));
    for (Path source : Documents.sources("", ".java")) words.read(source, comments(source, "//+"));
    for (Path script : Documents.sources("findings", ".sh")) {
      words.read(script, comments(script, "#+"));
    }
    words.read(Path.of("lab"), comments(Documents.CHECKOUT.resolve("lab"), "#+"));
    for (Path texts : Documents.sources("report/src/main", "_en.properties", ".en.html.peb")) {
      words.read(texts, withoutKeys(texts));
    }
    words.read(Path.of("english.js"), quoted(PAGE.resolve("english.js")));
    assertThat(words.unknown).as(ADVICE).isEmpty();
  }

  @Test
  void french() throws IOException {
    Words words = new Words("fr/french.dict");
    for (Path document : documents(true)) words.read(document, withoutCode(document));
    for (Path texts : Documents.sources("report/src/main", "_fr.properties", ".fr.html.peb")) {
      words.read(texts, withoutKeys(texts));
    }
    words.read(Path.of("french.js"), quoted(PAGE.resolve("french.js")));
    assertThat(words.unknown).as(ADVICE).isEmpty();
  }

  /// Those that people write: the sample report is made of other texts.
  private static List<Path> documents(boolean french) throws IOException {
    return Documents.all().stream()
        .filter(document -> !document.startsWith(Documents.CHECKOUT.resolve("docs/sample")))
        .filter(document -> Documents.isFrench(document) == french)
        .toList();
  }

  private static String withoutCode(Path document) throws IOException {
    return Documents.lines(document)
        .filter(line -> !line.startsWith("    "))
        .collect(Collectors.joining("\n"));
  }

  /// The texts in a script, without its keys and the code in texts.
  private static String quoted(Path script) throws IOException {
    return QUOTED
        .matcher(Files.readString(script))
        .results()
        .filter(text -> !text.group().matches("'[a-z-]+'"))
        .map(text -> text.group().replaceAll("\\$\\{[^}]*\\}|\\$\\{\\w+|[`']", " "))
        .collect(Collectors.joining("\n"));
  }

  private static String withoutKeys(Path texts) throws IOException {
    return Files.readString(texts).replaceAll("(?m)^(#.*|[\\w.-]+ *=)", "");
  }

  private static String comments(Path source, String mark) throws IOException {
    return Pattern.compile("^\\s*" + mark + " (?! {4})(.*)$", Pattern.MULTILINE)
        .matcher(Files.readString(source))
        .results()
        .map(line -> line.group(1))
        .collect(Collectors.joining("\n"));
  }

  /// The words that are in none of some dictionaries.
  private static final class Words {

    private final List<Speller> dictionaries = new ArrayList<>();
    private final Set<String> unknown = new TreeSet<>();

    Words(String... dictionaries) throws IOException {
      for (String each : dictionaries) {
        var place = SpellingTest.class.getResource("/org/languagetool/resource/" + each);
        this.dictionaries.add(new Speller(Dictionary.read(requireNonNull(place))));
      }
    }

    void read(Path source, String text) {
      WORD.matcher(NOT_PROSE.matcher(text).replaceAll(" "))
          .results()
          .map(MatchResult::group)
          .flatMap(Words::parts)
          .filter(word -> !isKnown(word))
          .forEach(word -> unknown.add(word + " in " + source.getFileName()));
    }

    /// French joins a word to the one before it, and English adds an ending.
    private static Stream<String> parts(String word) {
      return Arrays.stream(word.split("['’]")).filter(part -> part.length() > 2);
    }

    private boolean isKnown(String word) {
      return terms.contains(word)
          || isNameInCode(word)
          || dictionaries.stream().anyMatch(dictionary -> isIn(dictionary, word));
    }

    /// Only what cannot be a plain word: `pollInterval`, but not `interval`.
    private static boolean isNameInCode(String word) {
      return word.substring(1).chars().anyMatch(Character::isUpperCase) && code.contains(word);
    }

    private static boolean isIn(Speller dictionary, String word) {
      String small = word.toLowerCase(Locale.ROOT);
      return dictionary.isInDictionary(word)
          || dictionary.isInDictionary(small)
          || dictionary.isInDictionary(
              small.substring(0, 1).toUpperCase(Locale.ROOT) + small.substring(1));
    }
  }
}
