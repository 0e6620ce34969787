package pushlab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The page as a reader opens it: from disk, without a network.
class PageInBrowserTest {

  /// The figures' looks, three libraries, and what draws.
  private static final int OTHER_SCRIPTS = 5;

  /// The model, and what reckons with it.
  private static final int CALCULATOR_SCRIPTS = 2;

  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  @TempDir Path folder;

  @BeforeEach
  void needsABrowser() {
    assumeTrue(Browser.executable().isPresent(), "no Chromium is installed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"good", "transport-missing", "broken", "hostile", "empty"})
  void drawsEveryFigureWithoutANetwork(String golden) throws IOException {
    Path html = Report.write(Folders.copy(golden, folder)).html();
    try (var browser = Browser.open()) {
      Page page = open(browser, html, new NewContextOptions());

      assertThat(page.locator("figure.drawn").count())
          .isEqualTo(page.locator("figure.drawn svg.marks").count());
      assertThat(page.locator("figure.drawn").count() == 0).isEqualTo(golden.equals("empty"));
      assertThat(page.locator("main b").count()).isZero();
      assertThat(page.evaluate("document.scripts.length"))
          .isEqualTo(
              OTHER_SCRIPTS
                  + (golden.equals("empty") ? 0 : CALCULATOR_SCRIPTS)
                  + page.locator("figure.drawn").count());
    }
    assertThat(complaints).isEmpty();
    assertThat(requests).allMatch(url -> url.startsWith("file:") || url.startsWith("data:"));
  }

  @Test
  void fitsANarrowScreen() throws IOException {
    Path html = Report.write(Folders.copy("good", folder)).html();
    try (var browser = Browser.open()) {
      Page page = open(browser, html, new NewContextOptions().setViewportSize(360, 740));

      assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
    }
  }

  private Page open(Browser browser, Path html, NewContextOptions options) {
    var context = browser.chromium().newContext(options);
    context.setOffline(true);
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (!message.type().equals("log")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.onRequest(request -> requests.add(request.url()));
    page.navigate(html.toUri().toString());
    page.waitForFunction(
        "[...document.querySelectorAll('figure.drawn .drawing')].every(d => d.hasChildNodes())");
    page.waitForTimeout(300);
    return page;
  }
}
