package pushlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `--lang` of the commands that print no report.
@Timeout(120)
class LanguageOfCommandsTest extends LabProcess {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          versus --clients 0 --lang en       | --clients must be 1 to 20000
          versus --clients 0 --lang fr       | valeur de --clients hors limites ; valeurs admises : de 1 à 20000
          gatling sse --hold 2h --lang en    | --hold must be 0s to 3600s
          gatling sse --hold 2h --lang fr    | valeur de --hold hors limites ; valeurs admises : de 0s à 3600s
          gatling nothing --lang fr          | il n'y a pas de simulation « nothing »
          """)
  void aWrongOptionIsNamedInTheLanguage(String arguments, String said) throws Exception {
    Ended lab = lab(arguments);
    assertThat(lab.exit()).isEqualTo(2);
    assertThat(plain(lab.err())).contains(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          en | Checking %s | lab: %s does not answer: no server listens there
          fr | Vérification de %s | lab : %s ne répond pas : aucun serveur n'y écoute
          """)
  void aServerThatDoesNotAnswerIsNamedInTheLanguage(String language, String out, String err)
      throws Exception {
    try (var nobody = new NobodyListens()) {
      Ended lab = lab("check --lang " + language + " " + nobody.address());
      assertThat(lab.exit()).isEqualTo(1);
      assertThat(plain(lab.out())).contains(out.formatted(nobody.address()));
      assertThat(plain(lab.err())).isEqualTo(err.formatted(nobody.address()) + "\n");
    }
  }

  @Test
  void versusSpeaksFrench() throws Exception {
    Ended lab =
        lab(
            "versus --lang fr --clients 5 --updates-per-second 10 --seconds 1 --rounds 1"
                + " --transports long-polling");
    assertThat(lab.exit()).isZero();
    assertThat(plain(lab.out()))
        .startsWith(
            "| transport | abonnés | serveur | CPU du serveur par livraison, µs | livraison, médiane")
        .containsPattern("\\d,\\d \\(de \\d+,\\d à \\d+,\\d\\)")
        .doesNotContain("versus.");
    assertThat(plain(lab.err())).contains("tour 1 sur 1 : Long polling, 5, Pushlab");
  }

  /// With spaces in place of no-break spaces.
  private static String plain(String text) {
    return text.replace('\u00a0', ' ');
  }
}
