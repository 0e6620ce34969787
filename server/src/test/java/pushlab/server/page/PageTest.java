package pushlab.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.page.Browser.shows;
import static pushlab.server.page.Browser.versionsShown;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import pushlab.server.testing.TestServer;

/// The task on the page: its status, and how it is changed.
class PageTest {

  @RegisterExtension final Browser browser = new Browser();

  // No test here may depend on a heartbeat.
  private final TestServer server = TestServer.start("--heartbeat=60s");

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @FieldSource("pushlab.server.page.Browser#TRANSPORTS")
  void anUpdateFromOnePageReachesAllWithoutReload(String transport) {
    Page one = browser.open(server, "?transport=" + transport);
    Page other = browser.open(server, "?transport=" + transport);
    shows(one, "En attente", 0);
    shows(other, "En attente", 0);

    one.click("button[value='Terminée']");

    shows(one, "Terminée", 1);
    shows(other, "Terminée", 1);
    assertThat(versionsShown(one)).containsExactly(0, 1);
    assertThat(versionsShown(other)).containsExactly(0, 1);
    assertThat(other.locator("#age"))
        .hasText(Pattern.compile("arrivé [\\d,]+\\s(ms|s) plus tard \\(± .*\\)"));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aStatusWithMarkupIsShownAsText() {
    Page page = browser.open(server, "");
    String markup = "<img src=x onerror=\"document.title='hacked'\"> & <b>gras</b>";

    page.fill("#any-status", markup);
    page.press("#any-status", "Enter");

    shows(page, markup, 1);
    assertThat(page.locator(":is(#status, #lanes) :is(img, b)")).hasCount(0);
    assertThat(page.locator("#any-status")).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aTaskIsChosenByNameAndCreatedByItsFirstUpdate() throws Exception {
    server.send("POST", "/update-status?task=facture&status=x");
    Page page = browser.open(server, "?transport=sse");
    page.focus("#task-name");
    assertThat(page.locator("#tasks option[value='facture']")).hasCount(1);

    page.fill("#task-name", "livraison");
    page.press("#task-name", "Enter");

    assertThat(page).hasURL(Pattern.compile("transport=sse.*task=livraison"));
    assertThat(page.locator("#task")).hasText("Statut de la tâche « livraison »");
    assertThat(page.locator("#trouble")).not().isEmpty();
    page.click("button[value='En cours']");
    assertThat(page.locator("#status")).hasText("En cours");
    assertThat(page.locator("#trouble")).isEmpty();
  }

  @Test
  void thePageAsksForTheTokenIfTheServerRequiresOneAndKeepsIt() {
    try (var guarded = TestServer.start("--heartbeat=60s", "--update-token=secret")) {
      Page page = browser.open(guarded, "");
      shows(page, "En attente", 0);
      assertThat(page.locator("#token")).not().isVisible();

      page.click("button[value='En cours']");
      assertThat(page.locator("#not-updated")).containsText("401");
      page.fill("#token", "wrong");
      page.press("#token", "Enter");
      assertThat(page.locator("#not-updated")).containsText("not the right one");
      page.fill("#token", "secret");
      page.press("#token", "Enter");
      shows(page, "En cours", 1);
      assertThat(page.locator("#token")).not().isVisible();
      assertThat(page.locator("#not-updated")).isEmpty();

      page.reload();
      page.click("button[value='Terminée']");
      shows(page, "Terminée", 2);
    }
  }

  @Test
  void automaticUpdatesStopIfTheServerRequiresAToken() {
    try (var guarded = TestServer.start("--update-token=secret")) {
      Page page = browser.open(guarded, "");

      page.click("#automatic-switch");

      assertThat(page.locator("#not-updated")).containsText("401");
      assertThat(page.locator("#automatic-switch")).hasText("Mises à jour automatiques");
      page.fill("#token", "secret");
      page.press("#token", "Enter");
      assertThat(page.locator("#version")).hasText("version 1");
    }
  }

  @Test
  void thePageSpeaksEnglishToo() {
    Page page = browser.open(server, "");
    shows(page, "En attente", 0);

    page.click("#language");

    assertThat(page.locator("html")).hasAttribute("lang", "en");
    assertThat(page.locator("#update-heading")).hasText("Change the status");
    assertThat(page.locator("#proof")).hasText(Pattern.compile("Versions seen: 1 .*"));
    assertThat(versionsShown(page)).containsExactly(0);
    assertThat(browser.complaints()).isEmpty();
  }
}
