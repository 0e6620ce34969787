package pushlab.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.page.Browser.shows;
import static pushlab.server.page.Browser.versionsShown;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pushlab.server.testing.TestServer;

/// The page by HTTPS, as `--tls-self-signed` serves it.
class PageTlsTest {

  @RegisterExtension private final Browser browser = new Browser();

  @Test
  void allTransportsWorkByHttps() {
    try (var secure = TestServer.startTls("--heartbeat=60s")) {
      Page page = browser.open(secure, "");
      shows(page, "En attente", 0);
      int version = 0;
      for (String transport : Browser.TRANSPORTS) {
        page.check("input[value='" + transport + "']");
        String status = version % 2 == 0 ? "En cours" : "Terminée";
        page.click("button[value='" + status + "']");
        shows(page, status, ++version);
      }

      assertThat(versionsShown(page)).hasSize(Browser.TRANSPORTS.size() + 1).isSorted();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  /// A browser opens at most six connections to a server. By HTTP/2 it needs one.
  @Test
  void byHttpsMoreTabsAreHeldThanABrowserOpensConnections() {
    try (var secure = TestServer.startTls()) {
      List<Page> tabs = Stream.generate(() -> browser.open(secure, "")).limit(7).toList();
      tabs.forEach(tab -> tab.uncheck("#share"));
      secure.awaitSubscribers(7);

      tabs.getLast().click("button[value='Terminée']");

      tabs.forEach(tab -> shows(tab, "Terminée", 1));
      secure.awaitSubscribers(7);
      tabs.forEach(Page::close);
      secure.awaitSubscribers(0);
    }
  }
}
