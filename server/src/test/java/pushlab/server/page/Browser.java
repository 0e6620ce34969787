package pushlab.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import pushlab.server.testing.TestServer;

/// What tests of the page do with a browser. Each test has a profile of its own in one Chromium
/// that all tests share.
final class Browser implements BeforeEachCallback, AfterEachCallback {

  static final List<String> TRANSPORTS =
      List.of("short-polling", "long-polling", "sse", "ndjson", "websocket");

  /// Records in `versionsShown` the version whenever the page shows a status, and in `shownAt` the
  /// time of the last.
  private static final String KEEP_VERSIONS_SHOWN =
      """
      window.versionsShown = [];
      document.addEventListener('DOMContentLoaded', () => {
        const version = document.getElementById('version');
        new MutationObserver(() => {
          if (version.textContent) {
            window.versionsShown.push(Number(version.textContent.replace(/\\D/g, '')));
            window.shownAt = Date.now();
          }
        }).observe(document.getElementById('status'), { childList: true });
      });
      """;

  private final List<String> complaints = new ArrayList<>();
  private @Nullable BrowserContext context;

  @Override
  public void beforeEach(ExtensionContext test) {
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    Chromium chromium =
        test.getRoot()
            .getStore(Namespace.GLOBAL)
            .computeIfAbsent(Chromium.class, _ -> Chromium.launch(), Chromium.class);
    // Drawn twice a second only, the timeline leaves the processor to the tests.
    var profile =
        new com.microsoft.playwright.Browser.NewContextOptions()
            .setLocale("fr-FR")
            .setViewportSize(1280, 800)
            .setIgnoreHTTPSErrors(true)
            .setReducedMotion(ReducedMotion.REDUCE);
    context = chromium.browser().newContext(profile);
    context.addInitScript(KEEP_VERSIONS_SHOWN);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    context().close();
  }

  BrowserContext context() {
    if (context == null) {
      throw new IllegalStateException("only while a test runs");
    }
    return context;
  }

  /// The errors and warnings on the consoles of the pages, and their requests to other hosts.
  List<String> complaints() {
    return complaints;
  }

  /// Opens the page.
  Page open(TestServer server, String query) {
    Page page = context().newPage();
    String host = server.uri("/").getAuthority();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
          }
        });
    page.onRequest(request -> complainOfOther(host, request.url()));
    page.onWebSocket(socket -> complainOfOther(host, socket.url()));
    page.navigate(server.uri("/") + query);
    return page;
  }

  private void complainOfOther(String host, String url) {
    if (!host.equals(URI.create(url).getAuthority())) {
      complaints.add("a request to " + url);
    }
  }

  /// Saves a picture of the whole page in `target/screenshots`.
  static void keepPicture(Page page, String name) {
    int height = (Integer) page.evaluate("document.documentElement.scrollHeight");
    page.setViewportSize(page.viewportSize().width, height);
    // What is out of sight is not drawn until it is in sight, half a second later at most.
    page.evaluate("new Promise((resolve) => setTimeout(resolve, 700))");
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
  }

  /// Lets the page make updates during `meanwhile`, and until each of them is answered.
  static void withAutomaticUpdates(Page page, Runnable meanwhile) {
    var underWay = new AtomicInteger();
    page.onRequest(request -> underWay.addAndGet(isUpdate(request) ? 1 : 0));
    page.onRequestFinished(request -> underWay.addAndGet(isUpdate(request) ? -1 : 0));
    page.click("#automatic-switch");
    meanwhile.run();
    page.click("#automatic-switch");
    page.waitForCondition(() -> underWay.get() == 0);
  }

  private static boolean isUpdate(Request request) {
    return request.url().contains("/update-status");
  }

  static void shows(Page page, String status, int version) {
    assertThat(page.locator("#status")).hasText(status);
    assertThat(page.locator("#version")).hasText("version " + version);
  }

  static List<Integer> versionsShown(Page page) {
    return ((List<?>) page.evaluate("versionsShown")).stream().map(Integer.class::cast).toList();
  }

  /// How often the page counted `what` for a transport, by its table.
  static long count(Page page, String transport, String what) {
    return Long.parseLong(page.textContent(cell(transport, what)).replaceAll("\\D", ""));
  }

  /// Waits until the page has counted `what` `atLeast` times.
  static void awaitCount(Page page, String transport, String what, int atLeast) {
    page.waitForFunction(
        "([cell, least]) => Number(document.querySelector(cell).textContent.replace(/\\D/g, '')) >="
            + " least",
        List.of(cell(transport, what), atLeast));
  }

  private static String cell(String transport, String what) {
    return "tr[data-transport='%s'] [data-count='%s']".formatted(transport, what);
  }
}
