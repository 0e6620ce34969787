package pushlab.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.page.Browser.TRANSPORTS;
import static pushlab.server.page.Browser.awaitCount;
import static pushlab.server.page.Browser.count;
import static pushlab.server.page.Browser.shows;
import static pushlab.server.page.Browser.versionsShown;
import static pushlab.server.page.Browser.withAutomaticUpdates;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import pushlab.server.testing.TestServer;

/// The page in trouble, real or made on purpose, and with malformed answers. It reports the trouble
/// and recovers.
class PageTroubleTest {

  /// The longest time for which the page waits before it asks a failing server again.
  private static final int LONGEST_REST_SECONDS = 30;

  @RegisterExtension final Browser browser = new Browser();

  private final TestServer server = TestServer.start("--heartbeat=60s");

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @FieldSource("pushlab.server.page.Browser#TRANSPORTS")
  void tabThatIsBackOnlineShowsTheLastVersionAtOnce(String transport) {
    Page page = browser.open(server, "?transport=" + transport);
    shows(page, "En attente", 0);

    page.check("input[name='offline']");
    assertThat(page.locator("#connection")).containsText("Déconnecté");
    page.click("button[value='En cours']");
    page.click("button[value='Échec']");
    page.waitForCondition(() -> server.state().current().version() == 2);
    shows(page, "En attente", 0);
    page.uncheck("input[name='offline']");

    shows(page, "Échec", 2);
    assertThat(page.locator("#trouble")).isEmpty();
    assertThat(page.locator("#proof")).containsText("vues : 2 · sautées : 1 ·");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aBrowserThatIsBackOnlineIsBackAtOnce() {
    Page page = browser.open(server, "?transport=short-polling");
    shows(page, "En attente", 0);
    browser.context().setOffline(true);
    assertThat(page.locator("#trouble")).hasText("Le serveur est injoignable.");

    browser.context().setOffline(false);

    assertThat(page.locator("#trouble")).isEmpty();
  }

  @Test
  void aHiddenTabSlowsDownAndCatchesUpWhenItIsLookedAt() {
    Page page = browser.open(server, "?transport=short-polling");
    hide(page, true);
    long before = count(page, "short-polling", "requests");
    awaitCount(page, "short-polling", "requests", (int) before + 1);

    // From here on it rests for ten times as long as it did.
    page.click("button[value='Terminée']");
    hide(page, false);

    assertThat(page.locator("#version"))
        .hasText("version 1", new LocatorAssertions.HasTextOptions().setTimeout(5_000));
  }

  private static void hide(Page page, boolean hidden) {
    page.evaluate(
        """
        (hidden) => {
          Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
        }
        """,
        hidden);
  }

  @Test
  void everyLaneReconnectsAfterACut() {
    Page page = browser.open(server, "?view=race");
    server.awaitSubscribers(TRANSPORTS.size() - 1);

    page.click("#cut");
    page.click("button[value='Terminée']");

    assertThat(page.locator(".rows .chip")).hasText(all("Terminée · v1"));
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("pushlab.server.page.Browser#TRANSPORTS")
  void answersThatAreHeldComeInOrderWhenTheyAreReleased(String transport) {
    Page page = browser.open(server, "?transport=" + transport);
    shows(page, "En attente", 0);

    page.check("input[name='holding']");
    page.click("button[value='En cours']");
    page.click("button[value='Échec']");
    server.awaitSubscribers(
        transport.equals("short-polling") || transport.equals("long-polling") ? 0 : 1);
    shows(page, "En attente", 0);
    page.uncheck("input[name='holding']");

    shows(page, "Échec", 2);
    assertThat(versionsShown(page)).isSorted().doesNotHaveDuplicates();
    assertThat(page.locator("#proof")).containsText("deux fois : 0 · revenues en arrière : 0.");
  }

  @ParameterizedTest
  @FieldSource("pushlab.server.page.Browser#TRANSPORTS")
  void aDelayIsSeenInTheDeliveryTime(String transport) {
    Page page = browser.open(server, "?transport=" + transport);
    shows(page, "En attente", 0);
    page.locator("#delay").fill("2");

    page.click("button[value='En cours']");

    shows(page, "En cours", 1);
    assertThat(page.locator("#age")).hasText(Pattern.compile("arrivé ([3-9]\\d\\d\\sms|1.*s) .*"));
  }

  /// The last one of the slider is a satellite, with a round trip of 600 ms.
  @Test
  void theRoundTripOfAnImitatedNetworkIsSeenInEachLaneBesideTheory() {
    Page page = browser.open(server, "?view=race");
    assertThat(page.locator(".rows .chip")).hasText(all("En attente · v0"));
    assertThat(cell(page, "websocket", "theory")).isHidden();

    page.locator("#network").fill("5");
    page.click("button[value='En cours']");

    assertThat(page.locator("#network-value")).hasText("satellite : 600 ms");
    assertThat(page.locator(".rows .chip")).hasText(all("En cours · v1"));
    Pattern atLeastATransit = Pattern.compile("[3-9]\\d\\d\\sms|[1-9].*\\ss");
    for (String transport : TRANSPORTS) {
      assertThat(cell(page, transport, "median")).hasText(atLeastATransit);
      boolean waits = transport.equals("short-polling");
      assertThat(cell(page, transport, "theory")).hasText(waits ? "1,09 s" : "300 ms");
    }
    Browser.keepPicture(page, "network");
    page.locator("#network").fill("0");
    assertThat(cell(page, "websocket", "theory")).isHidden();
    assertThat(browser.complaints()).isEmpty();
  }

  private static Locator cell(Page page, String transport, String count) {
    return page.locator("tr[data-transport='%s'] [data-count='%s']".formatted(transport, count));
  }

  private static String[] all(String text) {
    return TRANSPORTS.stream().map(_ -> text).toArray(String[]::new);
  }

  @Test
  void lostAnswersAreAskedForAgain() {
    Page page = browser.open(server, "?view=race");
    page.check("input[name='losing']");
    page.locator("#rate").fill("5");
    withAutomaticUpdates(
        page,
        () ->
            page.waitForFunction(
                "() => [...document.querySelectorAll('[data-count=requests]')].every(({ textContent }) =>"
                    + " Number(textContent) > 3)"));
    page.uncheck("input[name='losing']");

    shows(page, server.state().current().status(), (int) server.state().current().version());
    String last = "v" + server.state().current().version();
    assertThat(page.locator(".rows .chip")).containsText(all(last));
    assertThat(page.locator("#proof")).containsText("deux fois : 0 · revenues en arrière : 0.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | application/json  | <title>Wi-Fi</title>    | pas un statut en JSON : « <title>Wi-Fi</title> »
          200 | application/json  | {"epoch":"a","version":"4","status":"x"} | pas un statut en JSON
          502 | text/html         | <h1>Bad gateway</h1>    | en défaut (502)
          500 | application/json  | {}                      | en défaut (500)
          200 | text/event-stream | data: 42                | pas un statut en JSON : « 42 »
          """)
  void aMalformedAnswerIsReportedAndAskedForAgain(int code, String type, String body, String said) {
    boolean stream = type.equals("text/event-stream");
    Consumer<Route> nonsense =
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(code)
                    .setContentType(type)
                    .setBody(body + "\n\n"));
    Pattern path = Pattern.compile("/(poll-status|events)\\?");
    browser.context().route(path, nonsense);

    Page page = browser.open(server, stream ? "?transport=sse" : "");

    assertThat(page.locator("#trouble")).containsText(said);
    assertThat(page.locator("#trouble :is(h1, title)")).hasCount(0);
    browser.context().unroute(path, nonsense);
    shows(page, "En attente", 0);
    assertThat(page.locator("#trouble")).isEmpty();
  }

  /// The browser does not report the reason, so the page asks without a WebSocket.
  @Test
  void aSocketThatTheServerRefusesIsExplained() {
    Page page = browser.open(server, "?transport=websocket&task=none");

    assertThat(page.locator("#trouble")).containsText("there is no task 'none'");
  }

  @ParameterizedTest
  @CsvSource({"fr, 1280, ne transmet peut-être pas", "en, 360, may not pass on"})
  void aSocketThatAProxyMayHaveRefusedIsExplained(String language, int width, String said) {
    Route.FulfillOptions answer =
        new Route.FulfillOptions().setStatus(426).setHeaders(Map.of("Server", "nginx/1.22.1"));
    browser.context().route(Pattern.compile("/ws\\?"), route -> route.fulfill(answer));

    Page page = browser.open(server, "?transport=websocket&task=none&lang=" + language);

    assertThat(page.locator("#trouble")).containsText("(nginx/1.22.1) " + said);
    assertThat(page.locator("#trouble"))
        .containsText("proxy_set_header Upgrade $http_upgrade, Connection upgrade");
    page.setViewportSize(width, 800);
    Browser.keepPicture(page, "not-upgraded-" + language);
  }

  @Test
  void aMissingAnswerIsReportedAfterFiveSeconds() {
    browser.context().route(Pattern.compile("/poll-status\\?"), _ -> {});
    browser.context().clock().install();
    Page page = browser.open(server, "");
    assertThat(page.locator("#connection")).hasText("Connexion en cours…");
    assertThat(page.locator("#trouble")).isEmpty();

    browser.context().clock().runFor(7_000);

    assertThat(page.locator("#trouble")).containsText("un proxy entre la page et le serveur");
  }

  @ParameterizedTest
  @FieldSource("pushlab.server.page.Browser#TRANSPORTS")
  void aServerThatFailsForeverIsAskedForever(String transport) {
    var asked = new AtomicInteger();
    Consumer<Route> failure =
        route -> {
          asked.incrementAndGet();
          route.fulfill(new Route.FulfillOptions().setStatus(500));
        };
    Pattern path = Pattern.compile("/(status|poll-status|events|stream)\\?");
    browser.context().route(path, failure);
    var fails = new AtomicBoolean(true);
    browser
        .context()
        .routeWebSocket(
            Pattern.compile("/ws"),
            socket -> {
              if (fails.get()) {
                asked.incrementAndGet();
                socket.close(new WebSocketRoute.CloseOptions().setCode(1011));
              } else {
                socket.connectToServer();
              }
            });
    browser.context().clock().install();

    Page page = browser.open(server, "?transport=" + transport);

    for (int tenMinutes = 0; tenMinutes < 600; tenMinutes += LONGEST_REST_SECONDS) {
      int before = asked.get();
      assertThat(page.locator("#trouble")).not().isEmpty();
      restUntil(page, () -> asked.get() > before);
    }
    assertThat(asked.get()).as("tries in ten minutes").isLessThan(120);
    fails.set(false);
    browser.context().unroute(path, failure);
    restUntil(page, () -> page.locator("#status").textContent().equals("En attente"));
    shows(page, "En attente", 0);
    assertThat(page.locator("#trouble")).isEmpty();
  }

  /// The page may still be busy when its clock is put forward.
  private static void restUntil(Page page, BooleanSupplier holds) {
    while (!holds.getAsBoolean()) {
      page.clock().fastForward(1000L * LONGEST_REST_SECONDS);
      page.waitForTimeout(50);
    }
  }

  @Test
  void malformedMessageOverAWebSocketIsReportedToo() {
    browser.context().routeWebSocket(Pattern.compile("/ws"), socket -> socket.send("bonjour"));

    Page page = browser.open(server, "?transport=websocket");

    assertThat(page.locator("#trouble")).containsText("pas un statut en JSON : « bonjour »");
    page.check("input[value='long-polling']");
    shows(page, "En attente", 0);
    assertThat(page.locator("#trouble")).isEmpty();
  }
}
