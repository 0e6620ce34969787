package pushlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.PdfOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The page as a reader opens it: from disk, without a network.
class PageInBrowserTest {

  /// Scripts and data for the figures, the language, three libraries, the calculator and the map.
  private static final int OTHER_SCRIPTS = 10;

  /// In pixels, at a width of 360. With tables squeezed into that width the page had 45,957.
  private static final int TELEPHONE_PAGE = 18_500;

  /// The calculator's columns that do not come beside the first one when they are scrolled to.
  private static final String OUT_OF_REACH =
      """
      [...document.querySelectorAll('#reckoned thead th')].filter(head => {
        head.scrollIntoView({ inline: 'end', block: 'center' });
        const box = head.getBoundingClientRect();
        const first = head.parentElement.firstElementChild;
        const left = head === first ? 0 : first.getBoundingClientRect().right;
        return box.left < left - 1 || box.right > innerWidth;
      }).map(head => head.textContent)
      """;

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"good", "noisy", "transport-missing", "broken", "hostile", "empty"})
  void drawsEveryFigureWithoutANetwork(String golden) throws IOException {
    Path html = Report.write(Folders.copy(golden, folder)).html();
    Page page = browser.open(html, new NewContextOptions());

    assertThat(page.locator("figure.drawn").count())
        .isEqualTo(page.locator("figure.drawn svg.marks").count());
    assertThat(page.locator("figure.drawn").count() == 0).isEqualTo(golden.equals("empty"));
    assertThat(page.locator("main b").count()).isZero();
    int figures = page.locator("figure.drawn").count();
    assertThat(page.evaluate("document.scripts.length"))
        .isEqualTo(figures == 0 ? 1 : OTHER_SCRIPTS + figures);
  }

  /// axe is run on both pages, in both looks; Vega's own drawings are in it.
  @ParameterizedTest
  @CsvSource({"good,en,light", "transport-missing,fr,dark"})
  void isAccessible(String golden, String language, String look) throws IOException {
    Path html = Report.write(Folders.copy(golden, folder)).html();
    Page page =
        browser.open(
            html,
            new NewContextOptions()
                .setLocale(language)
                .setColorScheme(ColorScheme.valueOf(look.toUpperCase(Locale.ROOT))));

    assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
  }

  @Test
  void isInTheLanguageOfTheBrowserUnlessItsAddressNamesAnother() throws IOException {
    Path html = Report.write(Folders.copy("good", folder)).html();
    Page page = browser.open(html, new NewContextOptions().setLocale("fr-FR"));
    assertThat(page.locator("h1").textContent())
        .isEqualTo("Quel transport, quand, à quel coût\u00a0?");
    assertThat(page.locator("html").getAttribute("lang")).isEqualTo("fr");
    assertThat(page.locator("#percentiles svg.marks").textContent())
        .contains("millisecondes", "Polling court")
        .doesNotContain("milliseconds", "Short polling");

    page.locator(".languages a").click();
    page.waitForFunction("document.documentElement.lang === 'en'");
    assertThat(page.locator("h1").textContent()).isEqualTo("Which transport, when, at what cost?");
    assertThat(page.locator("#percentiles").textContent()).doesNotContain("millisecondes");
  }

  @Test
  void eachSentenceLinksToItsCells() throws IOException {
    Path html = Report.write(Folders.copy("good", folder)).html();
    Page page = browser.open(html, new NewContextOptions());

    assertThat(page.locator("#answer sup a").count()).isGreaterThan(10);
    assertThat(
            page.evaluate(
                "[...document.querySelectorAll('#answer sup a')].every(a => document.querySelector(a.hash))"))
        .isEqualTo(true);
  }

  @Test
  void savesAFigureAsAPicture() throws IOException {
    Path html = Report.write(Folders.copy("good", folder)).html();
    Page page = browser.open(html, new NewContextOptions());
    Locator actions = page.locator("#gatling-connections .vega-embed details");

    Download svg = saved(page, actions, "Save as SVG");
    assertThat(svg.suggestedFilename()).isEqualTo("gatling-connections.svg");
    assertThat(Files.readString(svg.path()))
        .startsWith("<svg ")
        .endsWith("</svg>")
        .contains("xmlns=\"http://www.w3.org/2000/svg\"", "Long polling")
        .hasSizeGreaterThan(3000);

    Download png = saved(page, actions, "Save as PNG");
    assertThat(png.suggestedFilename()).isEqualTo("gatling-connections.png");
    BufferedImage picture = ImageIO.read(png.path().toFile());
    assertThat(picture).isNotNull();
    // Twice as wide as the figure on the page, for print.
    assertThat(picture.getWidth()).isGreaterThan(1500);
    assertThat(picture.getHeight()).isGreaterThan(500);
  }

  /// Vega makes the file once somebody is about to ask for it.
  private static Download saved(Page page, Locator actions, String name) {
    return page.waitForDownload(
        () -> {
          if (actions.getAttribute("open") == null) {
            actions.locator("summary").click();
          }
          actions.getByText(name).click();
        });
  }

  /// Screenshots of the sample run, which has each kind of table and figure.
  @ParameterizedTest
  @ValueSource(strings = {"en", "fr"})
  void fitsAPhone(String language) throws IOException {
    Path html = Report.write(Folders.copy(Folders.SAMPLE, folder)).html();
    Page page =
        browser.open(html, new NewContextOptions().setViewportSize(360, 740).setLocale(language));

    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
    assertThat((Integer) page.evaluate("document.documentElement.scrollHeight"))
        .isLessThan(TELEPHONE_PAGE);
    assertThat(page.evaluate(OUT_OF_REACH)).isEqualTo(List.of());
    Path pictures = Path.of("target/screenshots");
    page.screenshot(
        new ScreenshotOptions()
            .setPath(pictures.resolve("report-360-" + language + ".png"))
            .setFullPage(true));
  }

  @Test
  void leavesScreenshots() throws IOException {
    Path html = Report.write(Folders.copy("good", folder)).html();
    Path pictures = Path.of("target/screenshots");
    Page page = browser.open(html, new NewContextOptions().setViewportSize(1280, 900));
    page.screenshot(new ScreenshotOptions().setPath(pictures.resolve("report.png")));
    page.emulateMedia(new EmulateMediaOptions().setMedia(Media.PRINT));
    page.screenshot(new ScreenshotOptions().setPath(pictures.resolve("report-print.png")));

    assertThat(page.locator("nav").first().isVisible()).isFalse();
    assertThat(page.pdf(new PdfOptions().setPreferCSSPageSize(true))).hasSizeGreaterThan(20_000);
  }

  @Test
  void fitsANarrowScreen() throws IOException {
    Path html = Report.write(Folders.copy("good", folder)).html();
    Page page = browser.open(html, new NewContextOptions().setViewportSize(360, 740));

    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
  }
}
