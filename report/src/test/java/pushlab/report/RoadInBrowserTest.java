package pushlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
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

/// What stands between server and clients, as a reader sees it.
class RoadInBrowserTest {

  private static final String TOO_WIDE =
      """
      [...document.querySelectorAll('#road *')]
        .filter(it => !it.closest('thead'))
        .filter(it => it.getBoundingClientRect().right > innerWidth)
        .map(it => it.outerHTML.slice(0, 80))
      """;

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "proxies,en,light,1280",
    "proxies,fr,dark,1280",
    "proxies,en,dark,360",
    "behind,fr,light,360",
    "behind,en,light,1280"
  })
  void isAccessible(String golden, String language, String look, int width) throws IOException {
    Page page = open(golden, language, look, width);
    picture(page, "road-%s-%s-%s-%d".formatted(golden, language, look, width));
    page.evaluate("document.querySelectorAll('#road details').forEach(it => { it.open = true })");
    picture(page, "road-%s-%s-%s-%d-open".formatted(golden, language, look, width));

    assertThat(new AxeBuilder(page).include("#road").analyze().getViolations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"proxies,en", "proxies,fr", "behind,fr"})
  void fitsAPhone(String golden, String language) throws IOException {
    Page page = open(golden, language, "light", 360);
    page.evaluate("document.querySelectorAll('#road details').forEach(it => { it.open = true })");

    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
    assertThat(page.evaluate(TOO_WIDE)).isEqualTo(List.of());
  }

  @Test
  void opensTheRowThatALinkNames() throws IOException {
    Page page = open("proxies", "en", "light", 1280);
    Locator row = page.locator("#road-haproxy-events");
    assertThat(row.isVisible()).isFalse();

    page.locator("a[href='#road-haproxy-events']").first().click();
    row.waitFor();

    assertThat(row.textContent())
        .contains("211 ms late; the first 212 ms")
        .contains("each event is 211 ms late. A long poll is not")
        .contains("option http-no-delay")
        .contains("verified: 0.4 ms late");
  }

  @Test
  void answersLinkToTheRowsThatTheyRestOn() throws IOException {
    Page page = open("behind", "en", "light", 1280);

    assertThat(page.locator("#answer-proxy .take").textContent())
        .contains("Take server-sent events, heartbeat every 15 s: yours cuts a silence of 30 s");
    assertThat(page.locator("#answer-proxy sup a[href='#road-behind-silent-stream']").count())
        .isOne();
    assertThat(page.locator("#road-behind-silent-stream").textContent()).contains("cut after 30 s");
  }

  private Page open(String golden, String language, String look, int width) throws IOException {
    return browser.open(
        Report.write(Folders.copy(golden, folder)).html(),
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
