package pushlab.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.page.Browser.TRANSPORTS;
import static pushlab.server.page.Browser.awaitCount;
import static pushlab.server.page.Browser.shows;
import static pushlab.server.page.Browser.versionsShown;

import com.microsoft.playwright.Page;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import pushlab.server.PushlabServer;
import pushlab.server.net.Delivery;
import pushlab.server.options.ServerOptions;
import pushlab.server.testing.TestServer;

/// One transport at a time on the page: when it is changed while it runs, and when the server
/// restarts.
class PageTransportsTest {

  private static final Pattern PROOF =
      Pattern.compile(
          "Versions vues : (\\d+) · sautées : (\\d+) · reçues deux fois : 0 · revenues en arrière :"
              + " 0\\.");

  @RegisterExtension final Browser browser = new Browser();

  // No test here may depend on a heartbeat.
  private final TestServer server = TestServer.start("--heartbeat=60s", "--hold=300ms");

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @FieldSource("pushlab.server.page.Browser#TRANSPORTS")
  void aChangeOfTransportInMidStreamLosesNothingAndRepeatsNothing(String last) throws Exception {
    Page page = browser.open(server, "");
    shows(page, "En attente", 0);
    var version = new AtomicInteger();
    try (var publisher = Executors.newSingleThreadScheduledExecutor()) {
      Future<?> publishing =
          publisher.scheduleAtFixedRate(
              () -> publish("Étape " + version.incrementAndGet()), 0, 50, MILLISECONDS);
      for (String transport : TRANSPORTS) {
        choose(page, transport);
      }
      choose(page, last);
      publishing.cancel(false);
      publisher.submit(() -> {}).get();

      shows(page, "Étape " + version.get(), version.get());
    }

    assertThat(versionsShown(page)).isSorted().doesNotHaveDuplicates();
    assertThat(page.locator("#proof")).hasText(PROOF);
    MatchResult proof =
        PROOF.matcher(page.textContent("#proof")).results().findFirst().orElseThrow();
    int seenAndSkipped = Integer.parseInt(proof.group(1)) + Integer.parseInt(proof.group(2));
    assertThat(seenAndSkipped).isEqualTo(version.get() + 1);
    assertThat(page).hasURL(Pattern.compile("transport=" + last));
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("pushlab.server.page.Browser#TRANSPORTS")
  void aServerThatRestartsWithAnEmptyMemoryIsFoundAgain(String transport) throws Exception {
    Page page = browser.open(server, "?transport=" + transport);
    publish("Terminée");
    shows(page, "Terminée", 1);
    String epoch = page.textContent("#epoch");
    int port = server.uri("/").getPort();

    server.close();
    assertThat(page.locator("#trouble")).not().isEmpty();
    assertThat(page.locator("#connection")).hasText(Pattern.compile("Déconnecté|Connexion"));

    try (var _ = PushlabServer.start(ServerOptions.parse("--port=" + port))) {
      shows(page, "En attente", 0);
      assertThat(page.locator("#trouble")).isEmpty();
      assertThat(page.locator("#epoch")).not().hasText(epoch);
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void theLoopGoesOnAfterAHoldWithoutNews(Delivery delivery) {
    try (var other = TestServer.start(delivery, "--hold=1s")) {
      Page page = browser.open(other, "");

      awaitCount(page, "long-polling", "requests", 4);
      page.click("button[value='Échec']");

      shows(page, "Échec", 1);
      assertThat(versionsShown(page)).containsExactly(0, 1);
    }
  }

  @Test
  void aStreamIsOpenBeforeThereIsAnythingToSay() {
    try (var patient = TestServer.start("--heartbeat=60s")) {
      Page page = browser.open(patient, "");
      shows(page, "En attente", 0);

      page.check("input[value='sse']");
      assertThat(page.locator("#connection")).hasText("Connecté : le flux d’évènements est ouvert");
      page.check("input[value='websocket']");
      assertThat(page.locator("#connection")).hasText("Connecté : le WebSocket est ouvert");
      page.check("input[value='long-polling']");
      assertThat(page.locator("#connection")).hasText("Requête retenue par le serveur");
      page.click("button[value='Échec']");
      shows(page, "Échec", 1);

      assertThat(versionsShown(page)).containsExactly(0, 1);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void anUnknownTransportIsReportedAndTheDefaultIsUsed() {
    Page page = browser.open(server, "?transport=pigeon");

    shows(page, "En attente", 0);
    assertThat(page.locator("#notice")).containsText("« pigeon »");
    assertThat(page.locator("input[value='long-polling']")).isChecked();

    page.check("input[value='websocket']");

    assertThat(page.locator("#notice")).isEmpty();
    assertThat(page).hasURL(Pattern.compile("transport=websocket"));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void shortPollingAsksAtTheChosenInterval() {
    Page page = browser.open(server, "?transport=short-polling");
    page.locator("#interval").fill("0");

    awaitCount(page, "short-polling", "requests", 5);

    assertThat(page.locator("#interval-value")).hasText("240 ms");
    page.check("input[value='sse']");
    assertThat(page.locator("#interval")).not().isVisible();
  }

  /// Changes the transport and waits for a version over it.
  private static void choose(Page page, String transport) {
    page.check("input[value='" + transport + "']");
    awaitCount(page, transport, "deliveries", 1);
  }

  private void publish(String status) {
    try {
      server.update(status);
    } catch (Exception e) {
      throw new AssertionError("could not publish " + status, e);
    }
  }
}
