package pushlab.report;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two runs side by side as a reader opens them: from disk, without a network.
class SideBySideInBrowserTest {

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  /// A picture of each is kept, to be looked at.
  @ParameterizedTest
  @CsvSource({
    "en, LIGHT, 1280, Two runs side by side, not known",
    "fr, DARK, 390, Deux mesures côte à côte, inconnu"
  })
  void isAccessible(String language, ColorScheme colours, int width, String title, String unknown)
      throws IOException {
    Page page =
        browser.open(
            html("broken"),
            new NewContextOptions()
                .setLocale(language)
                .setColorScheme(colours)
                .setViewportSize(width, 900));

    assertThat(page.locator("h1")).hasText(title);
    assertThat(page.locator("main")).containsText(unknown);
    assertThat(page.locator(".warn li")).hasCount(5);
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
    assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    page.screenshot(
        new ScreenshotOptions()
            .setPath(Path.of("target/screenshots/side-by-side-%s.png".formatted(language))));
  }

  @Test
  void switchesToTheOtherLanguage() throws IOException {
    Page page = browser.open(html("hostile"), new NewContextOptions().setLocale("fr"));

    page.locator(".languages a").click();
    assertThat(page.locator("h1")).hasText("Two runs side by side");
    assertThat(page.locator("main b")).hasCount(0);
  }

  private Path html(String other) throws IOException {
    return SideBySide.write(
            Folders.copy("good", folder.resolve("a")).path(),
            Folders.copy(other, folder.resolve("b")).path(),
            folder.resolve("out"))
        .html();
  }
}
