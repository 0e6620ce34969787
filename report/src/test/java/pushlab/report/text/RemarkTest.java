package pushlab.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.report.judge.GoldenResults;
import pushlab.report.result.Cell;
import pushlab.report.result.Expected;
import pushlab.report.result.Flaw;
import pushlab.report.result.Run;
import pushlab.report.result.Said;
import pushlab.report.result.Transport;

class RemarkTest {

  private static final Cell CELL =
      new Cell("x", Transport.SHORT_POLLING, 10, 2, 970L, 1, Cell.PAYLOAD, null, null, List.of());

  @ParameterizedTest
  @EnumSource
  void isKeptInEnglishAndSaidInEachLanguage(Remark remark) {
    Said kept = remark.say(CELL, 3, 4, "5");

    Phrase phrase = Phrase.of(kept);
    assertThat(phrase.english()).isEqualTo(kept.text());
    assertThat(phrase.in(Language.FRENCH)).isNotEqualTo(kept.text()).doesNotContain("Short");
  }

  @Test
  void namesItsCellInThatLanguageToo() {
    Said kept = Remark.CELL_ERRORS.say(CELL, 2, 7, "reset: by peer, repeat 9: again");

    assertThat(kept.text()).startsWith(CELL.title() + ", repeat 2: ");
    assertThat(Phrase.of(kept).in(Language.FRENCH))
        .isEqualTo(
            "Polling court, 10 clients, 2 mises à jour par seconde, répétition 2\u00a0: 7 erreurs,"
                + " dont la première\u00a0: reset: by peer, repeat 9: again");
  }

  @Test
  void isInEnglishWhereARunKeptNoKey() {
    Run kept = GoldenResults.run("cpu", List.of(), List.of()).with(Remark.NO_SUITES.say());
    Run old =
        new Run(
            kept.id(),
            kept.startedAt(),
            kept.command(),
            kept.target(),
            kept.commit(),
            kept.plan(),
            kept.machine(),
            true,
            kept.remarks(),
            List.of(),
            null,
            List.of());

    assertThat(Remark.of(kept).getFirst().in(Language.FRENCH)).startsWith("JMH et Gatling ont");
    assertThat(Remark.of(old).getFirst().in(Language.FRENCH)).startsWith("JMH and Gatling were");
  }

  @Test
  void isInEnglishWhereThisVersionHasNoTextForIt() {
    Said later = Said.of("remark.of-a-later-version", "The cat sat on the keyboard.");

    assertThat(Phrase.of(later).in(Language.FRENCH)).isEqualTo("The cat sat on the keyboard.");
  }

  /// Files of a run are named in English before there is a text at hand.
  @ParameterizedTest
  @EnumSource
  void expectsInEnglishWhatTheTextsSay(Expected expected) {
    Said said = expected.said();

    assertThat(said.text()).isEqualTo(Language.ENGLISH.say(String.valueOf(said.key())));
  }

  @ParameterizedTest
  @EnumSource
  void namesAFlawInEnglishAsTheTextsDo(Flaw flaw) {
    Said said = flaw.said();

    assertThat(said.text()).isEqualTo(Language.ENGLISH.say(String.valueOf(said.key())));
  }
}
