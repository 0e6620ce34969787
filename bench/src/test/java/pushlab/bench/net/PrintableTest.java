package pushlab.bench.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {

  @ParameterizedTest
  @CsvSource({
    "En cours: échec № 1 ☃ 😀, En cours: échec № 1 ☃ 😀",
    "'\u001b[2Jall right', '\\u001b[2Jall right'",
    "'one\r\ntwo\tthree\u0000', 'one\\r\\ntwo\\tthree\\u0000'",
    "'\u0085\u009b31m', '\\u0085\\u009b31m'",
    "'a\u202eb\u2066c\u200b', 'a\\u202eb\\u2066c\\u200b'",
    "'\ud800', '\\ud800'",
    "'\udb40\udc41', '\\u{e0041}'",
  })
  void keepsVisibleCharactersAndEscapesOthers(String text, String printed) {
    assertThat(Printable.of(text)).isEqualTo(printed);
  }

  @Test
  void cutsLongTexts() {
    assertThat(Printable.brief("x".repeat(500))).hasSize(500);
    assertThat(Printable.brief("😀".repeat(501))).isEqualTo("😀".repeat(500) + " [and so on]");
  }
}
