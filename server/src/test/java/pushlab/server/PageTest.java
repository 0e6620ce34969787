package pushlab.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The page in a browser, over a real server.
class PageTest {

  static final List<String> TRANSPORTS =
      List.of("short-polling", "long-polling", "sse", "websocket");

  /// Keeps in `versionsShown` the version at each moment that the page shows a status anew.
  private static final String KEEP_VERSIONS_SHOWN =
      """
      window.versionsShown = [];
      document.addEventListener('DOMContentLoaded', () => {
        const version = document.getElementById('version');
        new MutationObserver(() => {
          if (version.textContent) {
            window.versionsShown.push(Number(version.textContent.replace(/\\D/g, '')));
          }
        }).observe(document.getElementById('status'), { childList: true });
      });
      """;

  private static Chromium chromium;

  // Nothing here may depend on a heartbeat.
  private final TestServer server = TestServer.start("--heartbeat=60s");
  private BrowserContext context;
  private final List<String> complaints = new ArrayList<>();

  @BeforeAll
  static void launch() {
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    chromium = Chromium.launch();
  }

  @AfterAll
  static void quit() {
    chromium.close();
  }

  @BeforeEach
  void start() {
    context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions().setLocale("fr-FR").setIgnoreHTTPSErrors(true));
    context.addInitScript(KEEP_VERSIONS_SHOWN);
  }

  @AfterEach
  void stop() {
    context.close();
    server.close();
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void anUpdateFromOnePageReachesBothWithoutReload(String transport) {
    Page one = open("?transport=" + transport);
    Page other = open("?transport=" + transport);
    shows(one, "En attente", 0);
    shows(other, "En attente", 0);

    one.click("button[value='Terminée']");

    shows(one, "Terminée", 1);
    shows(other, "Terminée", 1);
    assertThat(versionsShown(one)).containsExactly(0, 1);
    assertThat(versionsShown(other)).containsExactly(0, 1);
    assertThat(complaints).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void aChangeOfTransportInMidStreamLosesNothingAndRepeatsNothing(String last) throws Exception {
    Page page = open("");
    try (var publisher = Executors.newSingleThreadScheduledExecutor()) {
      var version = new AtomicInteger();
      Future<?> publishing =
          publisher.scheduleWithFixedDelay(
              () -> publish("Étape " + version.incrementAndGet()), 0, 5, MILLISECONDS);
      for (String transport : TRANSPORTS) {
        choose(page, transport);
      }
      choose(page, last);
      publishing.cancel(false);
      publisher.submit(() -> {}).get();

      shows(page, "Étape " + version.get(), version.get());
    }

    assertThat(versionsShown(page)).isSorted().doesNotHaveDuplicates();
    assertThat(page.locator("#faults"))
        .hasText("Versions reçues deux fois : 0 ; revenues en arrière : 0.");
    assertThat(page).hasURL(Pattern.compile("transport=" + last));
    assertThat(complaints).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void aServerThatComesBackWithAnEmptyMemoryIsFoundAgain(String transport) throws Exception {
    Page page = open("?transport=" + transport);
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

  @Test
  void aStreamIsOpenBeforeThereIsAnythingToSay() {
    Page page = open("");
    shows(page, "En attente", 0);

    page.check("input[value='sse']");
    assertThat(page.locator("#connection")).hasText("Connecté : le flux d’évènements est ouvert");
    page.check("input[value='websocket']");
    assertThat(page.locator("#connection")).hasText("Connecté : le WebSocket est ouvert");
    page.check("input[value='short-polling']");
    assertThat(page.locator("#connection")).hasText("Connecté : une question par seconde");
    page.check("input[value='long-polling']");
    page.click("button[value='Échec']");
    assertThat(page.locator("#connection")).hasText("En attente : le serveur retient la requête");

    assertThat(versionsShown(page)).containsExactly(0, 1);
    assertThat(complaints).isEmpty();
  }

  @Test
  void aStatusWithMarkupIsShownAsText() {
    Page page = open("");
    String markup = "<img src=x onerror=\"document.title='hacked'\"> & <b>gras</b>";

    page.fill("#any-status", markup);
    page.press("#any-status", "Enter");

    shows(page, markup, 1);
    assertThat(page.locator("#status :is(img, b)")).hasCount(0);
    assertThat(page.locator("#any-status")).isEmpty();
    assertThat(complaints).isEmpty();
  }

  @Test
  void aTransportThatDoesNotExistIsSaidAndTheDefaultTaken() {
    Page page = open("?transport=pigeon");

    shows(page, "En attente", 0);
    assertThat(page.locator("#notice")).containsText("« pigeon »");
    assertThat(page.locator("input[value='long-polling']")).isChecked();

    page.check("input[value='websocket']");

    assertThat(page.locator("#notice")).isEmpty();
    assertThat(page).hasURL(Pattern.compile("transport=websocket"));
    assertThat(complaints).isEmpty();
  }

  @Test
  void aTaskOfItsOwnComesToBeWithItsFirstUpdate() {
    Page page = open("?task=livraison");
    assertThat(page.locator("#trouble")).containsText("404");

    page.click("button[value='En cours']");

    assertThat(page.locator("#status")).hasText("En cours");
    assertThat(page.locator("#trouble")).isEmpty();
  }

  @Test
  void thePageSpeaksEnglishToo() {
    Page page = open("");
    shows(page, "En attente", 0);

    page.click("#language");

    assertThat(page.locator("html")).hasAttribute("lang", "en");
    assertThat(page.locator("#update-heading")).hasText("Change the status");
    assertThat(versionsShown(page)).containsExactly(0);
    assertThat(complaints).isEmpty();
  }

  @Test
  void thePageAsksForTheTokenWhereTheServerDoesAndKeepsIt() {
    try (var guarded = TestServer.start("--heartbeat=60s", "--update-token=secret")) {
      Page page = open(guarded, "");
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
  void allTransportsWorkByHttps() {
    try (var secure = TestServer.startTls("--heartbeat=60s")) {
      Page page = open(secure, "");
      shows(page, "En attente", 0);
      int version = 0;
      for (String transport : TRANSPORTS) {
        page.check("input[value='" + transport + "']");
        String status = version % 2 == 0 ? "En cours" : "Terminée";
        page.click("button[value='" + status + "']");
        choose(page, transport);
        shows(page, status, ++version);
      }

      assertThat(versionsShown(page)).containsExactly(0, 1, 2, 3, 4);
      assertThat(complaints).isEmpty();
    }
  }

  /// A browser opens six connections at most to a server; by HTTP/2 it needs one.
  @Test
  void moreTabsAreHeldByHttpsThanABrowserOpensConnections() {
    try (var secure = TestServer.startTls()) {
      List<Page> tabs = Stream.generate(() -> open(secure, "")).limit(7).toList();
      secure.awaitReaders(7);

      tabs.getLast().click("button[value='Terminée']");

      tabs.forEach(tab -> shows(tab, "Terminée", 1));
      secure.awaitReaders(7);
      tabs.forEach(Page::close);
      secure.awaitReaders(0);
    }
  }

  /// Opens the page; what it says on the console and what it asks of another host goes to
  /// `complaints`.
  private Page open(String query) {
    return open(server, query);
  }

  private Page open(TestServer at, String query) {
    Page page = context.newPage();
    String host = at.uri("/").getAuthority();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
          }
        });
    page.onRequest(request -> complainOfOther(host, request.url()));
    page.onWebSocket(socket -> complainOfOther(host, socket.url()));
    page.navigate(at.uri("/") + query);
    return page;
  }

  private void complainOfOther(String host, String url) {
    if (!URI.create(url).getAuthority().equals(host)) {
      complaints.add("a request to " + url);
    }
  }

  private static void shows(Page page, String status, int version) {
    assertThat(page.locator("#status")).hasText(status);
    assertThat(page.locator("#version")).hasText("version " + version);
  }

  /// Changes the transport and waits for a version over it.
  private static void choose(Page page, String transport) {
    page.check("input[value='" + transport + "']");
    page.waitForFunction(
        "transport => document.querySelector(`tr:has([value='${transport}'])"
            + " [data-count='deliveries']`).textContent !== '0'",
        transport);
  }

  private static List<Integer> versionsShown(Page page) {
    return ((List<?>) page.evaluate("versionsShown")).stream().map(Integer.class::cast).toList();
  }

  private void publish(String status) {
    try {
      server.update(status);
    } catch (Exception e) {
      throw new AssertionError("could not publish " + status, e);
    }
  }
}
