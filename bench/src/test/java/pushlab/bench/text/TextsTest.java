package pushlab.bench.text;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.report.text.Language.ENGLISH;
import static pushlab.report.text.Language.FRENCH;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pushlab.report.text.Phrase;

class TextsTest {

  static Stream<String> keys() {
    return Texts.BUNDLE.keys(ENGLISH);
  }

  @Test
  void bothLanguagesHaveTheSameTexts() {
    assertThat(Texts.BUNDLE.keys(FRENCH)).containsExactlyElementsOf(keys().toList());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aTextShowsEachArgumentInBothLanguages(String key) {
    Phrase without = Texts.of(key);
    int arguments = without.english().split("%s", -1).length - 1;
    assertThat(without.in(FRENCH).split("%s", -1)).hasSize(arguments + 1);
    Object[] values =
        Stream.iterate(1, it -> it + 1).map("<%d>"::formatted).limit(arguments).toArray();
    Phrase with = Texts.of(key, values);
    for (Object value : values) {
      assertThat(with.english()).contains(value.toString());
      assertThat(with.in(FRENCH)).contains(value.toString());
    }
  }

  @Test
  void numbersHaveTheDecimalSignOfTheLanguage() {
    assertThat(Texts.number(1234.56, 1).english()).isEqualTo("1234.6");
    assertThat(Texts.number(1234.56, 1).in(FRENCH)).isEqualTo("1234,6");
  }
}
