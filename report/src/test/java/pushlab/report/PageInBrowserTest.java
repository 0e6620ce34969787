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
import pushlab.report.result.ResultsFolder;

/// The page as a reader opens it: from disk, without a network.
class PageInBrowserTest {

  /// Scripts and data for the figures, the language, three libraries, the calculator and the map.
  private static final int OTHER_SCRIPTS = 10;

  /// In pixels, at a width of 360.
  private static final int TELEPHONE_PAGE = 7_500;

  /// What sticks out of the window, other than in a table that scrolls within its frame.
  private static final String TOO_WIDE =
      """
      [...document.querySelectorAll('main *')]
        .filter(it => !it.closest('.scroll:not(:has(.stacked)), svg, .strip, .vega-embed details'))
        .filter(it => it.getBoundingClientRect().right > innerWidth)
        .map(it => it.outerHTML.slice(0, 80))
      """;

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"good", "noisy", "transport-missing", "broken", "hostile", "deliveries", "empty"})
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
  @CsvSource({"good,en,light", "transport-missing,fr,dark", "deliveries,fr,light"})
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
    Path html = Report.write(Folders.copy(Folders.SAMPLE, folder)).html();
    Page page = browser.open(html, new NewContextOptions());

    assertThat(page.locator("#answer sup a").count()).isGreaterThan(10);
    assertThat(
            page.evaluate(
                "[...document.querySelectorAll('#answer sup a')].every(a => document.getElementById(a.hash.slice(1)))"))
        .isEqualTo(true);
  }

  @Test
  void drawsALineForEachDelivery() throws IOException {
    Page page = open("deliveries", 1280, 800, "fr");

    assertThat(page.locator("#delivery-cpu svg.marks").textContent())
        .contains("Boucle", "Threads", "microsecondes par livraison")
        .doesNotContain("Loop");
    assertThat(page.locator("#delivery-cpu svg.marks .mark-line path").count()).isEqualTo(2);
  }

  @Test
  void drawsAPointForEachDeliveryOfOneNumberOfClients() throws IOException {
    ResultsFolder results = Folders.copy("deliveries", folder);
    try (var cells = Files.walk(folder.resolve("cells"))) {
      for (Path file : cells.filter(it -> it.toString().contains("-2000-")).toList()) {
        if (file.endsWith("cell.json")) {
          Files.delete(file);
        }
      }
    }
    Page page = browser.open(Report.write(results).html(), new NewContextOptions());

    assertThat(page.locator("#delivery-cpu svg.marks .mark-symbol.role-mark path").count())
        .isEqualTo(2);
    assertThat(page.locator("#delivery-cpu figcaption").textContent())
        .contains("Long polling with 100 clients, 2 updates a second: Loop is best");
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
    // Three times as wide as the figure on the page, for print.
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

  @ParameterizedTest
  @CsvSource({"sample,en", "sample,fr", "noisy,en", "noisy,fr"})
  void answersOnTheFirstScreen(String run, String language) throws IOException {
    Page page = open(run, 1280, 800, language);

    assertThat(page.locator(".card:visible").count()).isEqualTo(6);
    assertThat(bottom(page, ".card")).isLessThan(800);
    assertThat(page.locator(".card .how:visible").count())
        .isEqualTo(page.locator(".card .symbol").count());
    assertThat(page.locator(".card .how").first().textContent())
        .contains(language.equals("fr") ? "\u00a0; sûr" : "; sure");
    assertThat(page.locator("#quality").boundingBox().y).isLessThan(100);
    assertThat(page.locator("#difference svg.marks").count()).isEqualTo(1);
    assertThat(bottom(page, "#difference svg.marks")).isLessThan(800);
    assertThat(page.locator("#difference svg.marks").textContent())
        .contains(language.equals("fr") ? "Polling court" : "Short polling");
  }

  @ParameterizedTest
  @CsvSource({"sample,en", "sample,fr", "noisy,en", "noisy,fr", "deliveries,fr"})
  void fitsAPhone(String run, String language) throws IOException {
    Page page = open(run, 360, 740, language);

    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
    assertThat(page.evaluate(TOO_WIDE)).isEqualTo(List.of());
    assertThat((Integer) page.evaluate("document.documentElement.scrollHeight"))
        .isLessThan(TELEPHONE_PAGE);
    assertThat(bottom(page, ".card")).isLessThan(2 * 740);
  }

  /// What is folded fits too.
  @Test
  void fitsAPhoneWhenAllIsOpen() throws IOException {
    Page page = open("sample", 360, 740, "fr");
    page.evaluate("document.querySelectorAll('main details').forEach(it => { it.open = true })");

    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
    assertThat(page.evaluate(TOO_WIDE)).isEqualTo(List.of());
  }

  @Test
  void opensWhatIsFoldedForALinkToIt() throws IOException {
    Page page = open("good", 1280, 800, "en");
    Locator row = page.locator("#cell-sse-100-2");
    assertThat(row.isVisible()).isFalse();

    page.evaluate("location.hash = '#cell-sse-100-2'");
    row.waitFor();
  }

  /// A picture of what is on the first screen, and one of the whole page, to be looked at.
  private Page open(String run, int width, int height, String language) throws IOException {
    Path results = run.equals("sample") ? Folders.SAMPLE : Folders.GOLDEN.resolve(run + "/results");
    Page page =
        browser.open(
            Report.write(Folders.copy(results, folder)).html(),
            new NewContextOptions().setViewportSize(width, height).setLocale(language));
    for (boolean whole : new boolean[] {false, true}) {
      String name = "report-%s-%d-%s%s.png".formatted(run, width, language, whole ? "-whole" : "");
      page.screenshot(
          new ScreenshotOptions().setPath(Path.of("target/screenshots", name)).setFullPage(whole));
    }
    return page;
  }

  /// The lowest end of all elements that `selector` finds.
  private static double bottom(Page page, String selector) {
    return page.locator(selector).all().stream()
        .map(Locator::boundingBox)
        .mapToDouble(box -> box.y + box.height)
        .max()
        .orElseThrow();
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
}
