package pushlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How herds came back, as a reader sees it.
class HerdInBrowserTest {

  private static final String OPEN =
      "document.querySelectorAll('#herd details').forEach(it => { it.open = true })";
  private static final String TOO_WIDE =
      """
      [...document.querySelectorAll('#herd *')]
        .filter(it => !it.closest('thead, .drawing, .scroll'))
        .filter(it => it.getBoundingClientRect().right > innerWidth)
        .map(it => it.outerHTML.slice(0, 80))
      """;

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"en,light,1280", "fr,dark,1280", "en,light,1920", "en,dark,390"})
  void isAccessible(String language, String look, int width) throws IOException {
    Page page = open(language, look, width);
    picture(page, "herd-%s-%s-%d".formatted(language, look, width));
    page.evaluate(OPEN);
    page.waitForFunction(
        "[...document.querySelectorAll('.drawing')].every(it => it.hasChildNodes())");
    picture(page, "herd-%s-%s-%d-open".formatted(language, look, width));

    assertThat(new AxeBuilder(page).include("#herd").analyze().getViolations()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "fr"})
  void fitsAPhone(String language) throws IOException {
    Page page = open(language, "light", 390);
    page.evaluate(OPEN);

    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
    assertThat(page.evaluate(TOO_WIDE)).isEqualTo(List.of());
  }

  @Test
  void figuresAreInFrenchToo() throws IOException {
    Page page = open("fr", "light", 1280);

    assertThat(page.locator("#herd-windows .drawing svg.marks").textContent())
        .contains("fenêtre de reconnexion", "Long polling")
        .doesNotContain("reconnect window");
    assertThat(page.locator("#herd-arrivals .drawing svg.marks").textContent())
        .contains("Fenêtre\u00a0: aucune", "tentatives de connexion")
        .doesNotContain("attempts");
  }

  private Page open(String language, String look, int width) throws IOException {
    return browser.open(
        Report.write(Folders.herds(folder)).html(),
        new NewContextOptions()
            .setViewportSize(width, 800)
            .setLocale(language)
            .setColorScheme(ColorScheme.valueOf(look.toUpperCase(Locale.ROOT))));
  }

  private static void picture(Page page, String name) {
    page.screenshot(
        new ScreenshotOptions()
            .setPath(Path.of("target/screenshots", name + ".png"))
            .setFullPage(true));
  }
}
