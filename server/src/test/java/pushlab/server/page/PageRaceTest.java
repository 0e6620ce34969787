package pushlab.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.page.Browser.TRANSPORTS;
import static pushlab.server.page.Browser.awaitCount;
import static pushlab.server.page.Browser.count;
import static pushlab.server.page.Browser.shows;
import static pushlab.server.page.Browser.withAutomaticUpdates;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pushlab.server.testing.TestServer;

/// All transports on the page at the same time.
class PageRaceTest {

  @RegisterExtension final Browser browser = new Browser();

  private final TestServer server = TestServer.start("--heartbeat=60s");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void oneUpdateIsDeliveredInEachLane() {
    Page page = browser.open(server, "?view=race");
    assertThat(page.locator(".rows .chip")).hasText(all("En attente · v0"));
    assertThat(page.locator("#clock")).containsText("±");

    page.click("button[value='Terminée']");

    assertThat(page.locator(".rows .chip")).hasText(all("Terminée · v1"));
    for (String transport : TRANSPORTS) {
      awaitCount(page, transport, "deliveries", 2);
      assertThat(page.locator("tr[data-transport='%s'] [data-count='median']".formatted(transport)))
          .hasText(Pattern.compile("[\\d,]+\\s(ms|s)"));
    }
    assertThat(count(page, "sse", "requests")).isEqualTo(1);
    assertThat(count(page, "websocket", "requests")).isEqualTo(1);
    assertThat(count(page, "long-polling", "requests")).isEqualTo(3);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void eachLaneShowsOrSkipsEachAutomaticUpdateAndNoneTwice() {
    Page page = browser.open(server, "?view=race");
    assertThat(page.locator(".rows .chip")).hasText(all("En attente · v0"));
    page.locator("#rate").fill("6");

    withAutomaticUpdates(page, () -> awaitCount(page, "websocket", "deliveries", 30));
    shows(page, server.state().current().status(), (int) server.state().current().version());

    String last = "v" + server.state().current().version();
    assertThat(page.locator(".rows .chip")).containsText(all(last));
    for (String transport : TRANSPORTS) {
      assertThat(count(page, transport, "deliveries") + count(page, transport, "skipped"))
          .isEqualTo(server.state().current().version() + 1);
    }
    assertThat(count(page, "short-polling", "skipped")).isPositive();
    assertThat(page.locator("#proof")).containsText("deux fois : 0 · revenues en arrière : 0.");
  }

  @Test
  void theServersClockIsKnownWithItsUncertainty() {
    Page page = browser.open(server, "?view=race");

    assertThat(page.locator("#clock")).containsText(Pattern.compile("\\(± [\\d,]+\\sms\\)"));
  }

  @Test
  void leavingTheRaceContinuesWithOneTransportFromTheShownVersion() {
    Page page = browser.open(server, "?transport=sse");
    shows(page, "En attente", 0);

    page.click("#race-view");
    assertThat(page).hasURL(Pattern.compile("view=race"));
    assertThat(page.locator(".rows .chip")).hasText(all("En attente · v0"));
    page.click("button[value='En cours']");
    assertThat(page.locator(".rows .chip")).hasText(all("En cours · v1"));
    page.click("#one-view");

    shows(page, "En cours", 1);
    assertThat(page.locator("input[value='sse']")).isChecked();
    page.click("button[value='Échec']");
    shows(page, "Échec", 2);
    page.click("#reset");
    assertThat(page.locator("#proof"))
        .hasText(
            "Versions vues : 0 · sautées : 0 · reçues deux fois : 0 · revenues en arrière : 0.");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theTimelineIsDrawnUntilItIsFrozen() {
    Page page = browser.open(server, "?view=race");
    assertThat(page.locator(".rows .chip")).hasText(all("En attente · v0"));
    page.waitForFunction(HAS_COLOUR);

    page.click("#freeze");
    assertThat(page.locator("#freeze")).hasAttribute("aria-pressed", "true");
    page.waitForFunction(STANDS_STILL);
    page.click("#freeze");

    page.waitForFunction("() => !(" + STANDS_STILL + ")()");
    assertThat(browser.complaints()).isEmpty();
  }

  private static final String HAS_COLOUR =
      """
      () => {
        const canvas = document.getElementById('canvas');
        const blank = document.createElement('canvas');
        blank.width = canvas.width;
        blank.height = canvas.height;
        return canvas.toDataURL() !== blank.toDataURL();
      }
      """;

  /// True if the picture has not changed since the call before.
  private static final String STANDS_STILL =
      """
      () => {
        const before = window.picture;
        window.picture = document.getElementById('canvas').toDataURL();
        return before === window.picture;
      }
      """;

  private static String[] all(String text) {
    return TRANSPORTS.stream().map(_ -> text).toArray(String[]::new);
  }
}
