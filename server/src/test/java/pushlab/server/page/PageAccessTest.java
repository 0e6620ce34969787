package pushlab.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.page.Browser.TRANSPORTS;
import static pushlab.server.page.Browser.shows;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.server.testing.TestServer;

/// The page for everybody: narrow and wide, light and dark, by keyboard, with a screen reader.
class PageAccessTest {

  @RegisterExtension final Browser browser = new Browser();

  private final TestServer server = TestServer.start("--heartbeat=60s");

  @AfterEach
  void stop() {
    server.close();
  }

  /// Saves a picture of each, for a person to look at.
  @ParameterizedTest
  @CsvSource({
    "one,   360,  740, LIGHT, fr",
    "one,  1280,  800, LIGHT, fr",
    "race,  360,  740, DARK,  fr",
    "race, 1280,  800, LIGHT, fr",
    "race, 1920, 1080, DARK,  en"
  })
  void nothingStandsInTheWay(String view, int width, int height, ColorScheme colours, String lang) {
    Page page = browser.open(server, "?view=%s&lang=%s".formatted(view, lang));
    page.setViewportSize(width, height);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
    shows(page, "En attente", 0);
    List<String> course = List.of("En cours", "Terminée", "Échec", "En cours");
    for (int version = 1; version <= course.size(); version++) {
      page.click("button[value='%s']".formatted(course.get(version - 1)));
      shows(page, course.get(version - 1), version);
    }

    assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
    Browser.keepPicture(
        page, "%s-%d-%s-%s".formatted(view, width, colours.name().toLowerCase(Locale.ROOT), lang));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theKeyboardIsEnough() {
    Page page = browser.open(server, "");
    shows(page, "En attente", 0);

    tabTo(page, "button[value='Terminée']");
    page.keyboard().press("Enter");
    shows(page, "Terminée", 1);
    tabTo(page, "input[value='long-polling']");
    page.keyboard().press("ArrowRight");
    assertThat(page.locator("input[value='sse']")).isChecked();
    tabTo(page, "input[name='offline']");
    page.keyboard().press("Space");
    assertThat(page.locator("#connection")).containsText("Déconnecté");
    page.keyboard().press("Space");
    assertThat(page.locator("#connection")).hasText("Connecté : le flux d’évènements est ouvert");
    page.keyboard().press("Shift+Home");
    tabTo(page, "#race-view");
    page.keyboard().press("Enter");
    assertThat(page.locator(".rows .chip")).hasCount(TRANSPORTS.size());
  }

  @Test
  void aChangeIsSpokenOnceTheChangesPause() {
    Page page = browser.open(server, "");
    shows(page, "En attente", 0);
    page.click("button[value='En cours']");
    page.click("button[value='Échec']");

    assertThat(page.locator("#spoken[role=status]")).hasText("Statut : Échec, version 2");
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void theColoursCanBeChosen(ColorScheme system) {
    Page page = browser.open(server, "");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(system));
    String given = background(page);

    page.click("#theme");
    assertThat(background(page)).isNotEqualTo(given);
    page.reload();
    assertThat(background(page)).isNotEqualTo(given);
    page.click("#theme");

    assertThat(background(page)).isEqualTo(given);
  }

  private static String background(Page page) {
    return (String) page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
  }

  private static void tabTo(Page page, String selector) {
    for (int tabs = 0; tabs < 60; tabs++) {
      if ((Boolean) page.evaluate("one => document.activeElement.matches(one)", selector)) {
        return;
      }
      page.keyboard().press("Tab");
    }
    throw new AssertionError("no way to " + selector + " by keyboard");
  }
}
