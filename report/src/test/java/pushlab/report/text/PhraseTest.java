package pushlab.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import pushlab.report.result.Transport;
import pushlab.report.stat.Interval;

class PhraseTest {

  @Test
  void eachTextIsThereInBothLanguages() {
    List<String> english = Language.ENGLISH.keys("").toList();

    assertThat(english).isNotEmpty();
    assertThat(Language.FRENCH.keys("")).containsExactlyElementsOf(english);
  }

  @Test
  void aTextTakesAsManyArgumentsInOneLanguageAsInTheOther() {
    assertThat(Language.ENGLISH.keys(""))
        .allSatisfy(
            key ->
                assertThat(places(Language.FRENCH, key)).isEqualTo(places(Language.ENGLISH, key)));
  }

  @Test
  void countsInEachLanguageAsItIsSpoken() {
    assertThat(Phrase.count(1, "clients").english()).isEqualTo("1 client");
    assertThat(Phrase.count(2000, "clients").english()).isEqualTo("2,000 clients");
    assertThat(Phrase.count(0.5, "rate").english()).isEqualTo("0.5 updates a second");
    assertThat(Phrase.count(0.5, "rate").in(Language.FRENCH))
        .isEqualTo("0,5 mise à jour par seconde");
    assertThat(Phrase.count(2000, "clients").in(Language.FRENCH)).isEqualTo("2\u202f000 clients");
  }

  @Test
  void writesNumbersAndUnitsAsTheLanguageDoes() {
    assertThat(Phrase.number(1234.5, Text::kib).in(Language.FRENCH)).isEqualTo("1\u202f235 Kio");
    assertThat(Phrase.number(150, Text::bytes).in(Language.FRENCH)).isEqualTo("150 o");
    assertThat(Phrase.of(new Interval(1200, 1300), Text::micros).in(Language.FRENCH))
        .isEqualTo("1,20 à 1,30 ms");
  }

  @Test
  void keepsFrenchPunctuationOnTheLineOfItsWord() {
    assertThat(Phrase.of("quality.others", "5 %").in(Language.FRENCH))
        .isEqualTo("d’autres processus ont pris plus de 5 % du temps CPU de la machine");
    assertThat(Phrase.of("side.file", "A", "x : y").in(Language.FRENCH))
        .isEqualTo("A\u00a0: x : y");
    assertThat(Phrase.of("column.p999").in(Language.FRENCH)).isEqualTo("99,9\u00a0%");
    var parts = List.of(Phrase.verbatim("a"), Phrase.verbatim("b"));
    assertThat(Phrase.joined("; ", parts).in(Language.FRENCH)).isEqualTo("a\u00a0; b");
    assertThat(Phrase.joined("; ", parts).english()).isEqualTo("a; b");
  }

  @Test
  void namesATransportWithinASentence() {
    assertThat(Phrase.within(Transport.LONG_POLLING).english()).isEqualTo("long polling");
    assertThat(Phrase.within(Transport.LONG_POLLING).in(Language.FRENCH))
        .isEqualTo("le long polling");
    assertThat(Phrase.within(Transport.WEBSOCKET).english()).isEqualTo("WebSocket");
  }

  private static long places(Language language, String key) {
    return language.say(key).split("%s", -1).length;
  }
}
