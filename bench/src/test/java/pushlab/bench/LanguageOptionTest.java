package pushlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import pushlab.report.text.Language;

class LanguageOptionTest {

  @Command
  private static final class Speaking {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private LanguageOption spoken;
  }

  @Test
  void theOptionDecidesBeforeTheEnvironment() {
    assertThat(language("--lang", "fr")).isEqualTo(Language.FRENCH);
    assertThat(language("--lang=en")).isEqualTo(Language.ENGLISH);
    assertThat(language()).isEqualTo(Language.of(System.getenv()));
  }

  @Test
  void theLocaleFromBeforeTheLauncherDecidesBeforeTheEnvironment() {
    assertThat(LanguageOption.ofUser("fr_BE.UTF-8", Map.of("LC_ALL", "C.UTF-8")))
        .isEqualTo(Language.FRENCH);
    assertThat(LanguageOption.ofUser("", Map.of("LC_ALL", "fr"))).isEqualTo(Language.FRENCH);
  }

  private static Language language(String... arguments) {
    var speaking = new Speaking();
    new CommandLine(speaking)
        .registerConverter(Language.class, LanguageOption::of)
        .parseArgs(arguments);
    return speaking.spoken.language();
  }
}
