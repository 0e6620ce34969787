package pushlab.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.page.Browser.shows;
import static pushlab.server.page.Browser.versionsShown;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pushlab.server.state.Await;
import pushlab.server.testing.TestServer;

/// Many tabs of one browser, which opens at most six connections to a host.
class PageTabsTest {

  private static final String LEADS = "Celui-ci tient la connexion";
  private static final String FOLLOWS = "Celui-ci ne demande rien";

  private static final String HELD = "Requête retenue par le serveur";

  @RegisterExtension final Browser browser = new Browser();

  private final TestServer server = TestServer.start("--heartbeat=60s");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void twelveShareOneHeldRequestAndShowAnUpdateWithinASecond() {
    List<Page> tabs = open(12);

    Page last = tabs.getLast();
    long slowest = Long.MAX_VALUE;
    // A busy machine may delay one update, but not each of three.
    for (int version = 1; version <= 3 && slowest >= 1000; version++) {
      last.click("button[value='Terminée']");
      slowest = 0;
      for (Page tab : tabs) {
        shows(tab, "Terminée", version);
        assertThat(versionsShown(tab)).endsWith(version - 1, version);
        slowest = Math.max(slowest, shownAfter(tab));
      }
    }

    assertThat(slowest).isLessThan(1000);
    server.awaitSubscribers(1);
    assertThat(tabs.getFirst().locator("#sharing"))
        .hasText("12 onglets sont ouverts. " + LEADS + ", et informe les autres.");
    assertThat(last.locator("#sharing")).containsText(FOLLOWS);
    assertThat(Browser.count(last, "long-polling", "requests")).isZero();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void whenTheLeaderIsClosedAnotherTakesOverWithoutLosingAVersion() throws Exception {
    List<Page> tabs = open(3);
    server.update("Étape 1");
    tabs.forEach(tab -> shows(tab, "Étape 1", 1));

    tabs.removeFirst().close();
    server.update("Étape 2");
    tabs.forEach(tab -> shows(tab, "Étape 2", 2));
    assertThat(leading(tabs)).hasSize(1);
    server.update("Étape 3");

    for (Page tab : tabs) {
      shows(tab, "Étape 3", 3);
      assertThat(versionsShown(tab)).containsExactly(0, 1, 2, 3);
    }
    server.awaitSubscribers(1);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aTabThatSharesTheConnectionIsToldOfFailures() {
    List<Page> tabs = open(2);

    server.close();

    tabs.forEach(tab -> assertThat(tab.locator("#trouble")).not().isEmpty());
    assertThat(Browser.count(tabs.getLast(), "long-polling", "requests")).isZero();
  }

  @Test
  void troubleOnPurposeAffectsOnlyOneTab() throws Exception {
    List<Page> tabs = open(2);
    Page leader = tabs.getFirst();
    Page other = tabs.getLast();
    assertThat(other.locator("#cut")).isDisabled();

    leader.check("input[name='offline']");
    assertThat(leader.locator("#connection")).containsText("Déconnecté");
    assertThat(leader.locator("#sharing")).containsText("La panne est pour celui-ci seul");
    server.update("En cours");
    shows(other, "En cours", 1);
    assertThat(other.locator("#sharing")).containsText(LEADS);
    shows(leader, "En attente", 0);
    leader.uncheck("input[name='offline']");

    shows(leader, "En cours", 1);
    assertThat(leader.locator("#sharing")).containsText(FOLLOWS);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void withoutSharingSevenTabsUseUpTheConnectionsAndTheButtonWaits() {
    List<Page> tabs = open(7);

    tabs.forEach(tab -> tab.uncheck("#share"));
    Page last = tabs.getLast();
    assertThat(last.locator("#sharing")).containsText("que six à la fois");
    Await.until("six requests are held", () -> server.server.subscribers().waiting() >= 6);
    last.click("button[value='Terminée']");
    assertThat(tabs.get(1).locator("#connection")).hasText(HELD);
    assertThat(server.state().current().version()).isZero();
    tabs.subList(0, 3).forEach(Page::close);

    shows(last, "Terminée", 1);
  }

  @Test
  void withoutLocksEachTabAsksForItselfAndSaysSo() {
    browser
        .context()
        .addInitScript("Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })");
    List<Page> tabs = open(2);

    assertThat(tabs.getFirst().locator("#share")).isDisabled();
    assertThat(tabs.getFirst().locator("#sharing")).containsText("Web Locks");
    server.awaitSubscribers(2);
    tabs.getFirst().click("button[value='Terminée']");

    tabs.forEach(tab -> shows(tab, "Terminée", 1));
    assertThat(browser.complaints()).isEmpty();
  }

  /// The milliseconds from the update to the moment when the tab showed its version.
  private long shownAfter(Page tab) {
    long shownAt = ((Number) tab.evaluate("shownAt")).longValue();
    return shownAt - server.state().current().updatedAt().toEpochMilli();
  }

  private List<Page> open(int count) {
    var tabs =
        new ArrayList<>(Stream.generate(() -> browser.open(server, "")).limit(count).toList());
    tabs.forEach(tab -> shows(tab, "En attente", 0));
    return tabs;
  }

  private static List<Page> leading(List<Page> tabs) {
    return tabs.stream().filter(tab -> tab.textContent("#sharing").contains(LEADS)).toList();
  }
}
