package pushlab.report.text;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.report.text.Language.ENGLISH;
import static pushlab.report.text.Language.FRENCH;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LanguageTest {

  @Test
  void theFirstVariableThatIsNotEmptyDecides() {
    assertThat(Language.of(Map.of())).isEqualTo(ENGLISH);
    assertThat(Language.of(Map.of("LANG", "fr_FR.UTF-8"))).isEqualTo(FRENCH);
    assertThat(Language.of(Map.of("LANG", "fr_CA", "LC_MESSAGES", "en_CA"))).isEqualTo(ENGLISH);
    assertThat(Language.of(Map.of("LANG", "fr_FR", "LC_ALL", "C"))).isEqualTo(ENGLISH);
    assertThat(Language.of(Map.of("LANG", "de_DE", "LC_ALL", "FR"))).isEqualTo(FRENCH);
    assertThat(Language.of(Map.of("LC_ALL", "", "LANG", "fr"))).isEqualTo(FRENCH);
  }
}
