package pushlab.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemarkTest {

  private static final String CELL = "Short polling, 10 clients, 2 updates a second";

  @ParameterizedTest
  @EnumSource
  void isKeptInEnglishAndSaidInEachLanguage(Remark remark) {
    String kept = remark.say(CELL, 3, 4, "5");

    Phrase phrase = Remark.phrase(kept);
    assertThat(phrase.english()).isEqualTo(kept);
    assertThat(phrase.in(Language.FRENCH)).isNotEqualTo(kept).doesNotContain("Short polling");
  }

  @Test
  void namesItsCellInThatLanguageToo() {
    assertThat(
            Remark.phrase(Remark.CELL_ERRORS.say(CELL, 2, 7, "reset: by peer, repeat 9: again"))
                .in(Language.FRENCH))
        .isEqualTo(
            "Polling court, 10 clients, 2 mises à jour par seconde, répétition 2\u00a0: 7 erreurs,"
                + " dont la première\u00a0: reset: by peer, repeat 9: again");
  }

  @Test
  void leavesWhatNobodyHereSaidAsItIs() {
    assertThat(Remark.phrase("The cat sat on (the keyboard.").in(Language.FRENCH))
        .isEqualTo("The cat sat on (the keyboard.");
  }
}
