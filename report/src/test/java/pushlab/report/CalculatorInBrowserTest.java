package pushlab.report;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator.ScreenshotOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The calculator and the map as a reader uses them: from disk, without a network.
class CalculatorInBrowserTest {

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir Path folder;

  @Test
  void aChangedSettingChangesTheCostAndStaysInTheAddress() throws IOException {
    Page page = browser.open(html("good"), new NewContextOptions());
    String before = page.locator("#reckoned").innerText();
    assertThat(page.locator("#advice")).containsText("per month");

    page.locator("[name=updatesPerSecond]").fill("20");
    page.locator("[name=clients]").fill("150000");
    assertThat(page.locator("#remarks")).containsText("100 to 2,000 clients");
    String after = page.locator("#reckoned").innerText();
    assertThat(after).isNotEqualTo(before).contains("cores that were free");
    assertThat(page.url()).endsWith("#calculator?clients=150000&updatesPerSecond=20");

    page.locator("[name=limitMillis]").fill("100");
    assertThat(page.locator("#advice")).containsText("Too late: Short polling");
    page.reload();
    assertThat(page.locator("[name=limitMillis]")).hasValue("100");
    assertThat(page.locator("#advice")).containsText("Too late: Short polling");

    page.locator("#settings button").click();
    assertThat(page.locator("#reckoned").innerText()).isEqualTo(before);
    assertThat(page.url()).doesNotContain("#");
  }

  @Test
  void theMapFollowsTheWeights() throws IOException {
    Page page = browser.open(html("good"), new NewContextOptions());
    assertThat(page.locator("#drawn-map svg.marks")).isVisible();
    assertThat(page.locator("#weights")).isHidden();

    page.locator("[name=measure]").selectOption("weighted");
    assertThat(page.locator("#map-legend")).containsText("weighted");
    String weighed = page.locator("#map-table").textContent();
    for (String measure : List.of("memoryKiB", "bytesPerSecond", "cores")) {
      page.locator("#weights [name=" + measure + "]").fill("0");
    }
    assertThat(page.locator("#map-table").textContent()).isNotEqualTo(weighed);

    page.locator("[name=across]").selectOption("roundTripMillis");
    assertThat(page.locator("#map-legend")).containsText("Round trip");
    assertThat(page.locator("#drawn-map svg.marks")).containsText("Round trip, ms");
  }

  @Test
  void aLinkShowsTheMapThatWasChosenByKeyboard() throws IOException {
    Path html = html("good");
    Page page = browser.open(html, new NewContextOptions());
    page.locator("[name=clients]").fill("500");
    page.locator("[name=measure]").focus();
    page.keyboard().press("End");
    page.keyboard().press("Tab");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("Tab");
    page.keyboard().press("Home");
    String chosen =
        "#map?clients=500&measure=weighted&across=roundTripMillis&deliveryMedianMicros=0";
    assertThat(page.url()).endsWith(chosen);
    String map = page.locator("#map-table").textContent();

    Page other = browser.open(html, chosen, new NewContextOptions());
    assertThat(other.locator("#map-table")).hasText(map);
    assertThat(other.locator("#weights")).isVisible();
    assertThat(other.locator("#map h2")).isInViewport();
    assertThat(other.locator("[name=clients]")).hasValue("500");

    other.evaluate("location.hash = '#map?measure=cores'");
    assertThat(other.locator("[name=measure]")).hasValue("cores");
    assertThat(other.locator("[name=clients]")).not().hasValue("500");
    other.evaluate("location.hash = '#cells'");
    assertThat(other.locator("[name=measure]")).hasValue("cores");
  }

  @Test
  void fieldsOutsideOfTheMeasuredRangeAreHatched() throws IOException {
    Page page = browser.open(html("good"), new NewContextOptions());

    assertThat(page.locator("#drawn-map [fill='url(#hatch)']"))
        .hasCount(page.locator("#map-table .outside").count());
    assertThat(page.locator("#map-table td:not(.outside)")).not().hasCount(0);
    assertThat(page.locator("pattern#hatch")).hasCount(1);
  }

  /// On a narrow screen both are folded at first. A picture of each is kept, to be looked at.
  @ParameterizedTest
  @CsvSource({"390, LIGHT, fr", "1280, DARK, en"})
  void isAccessibleAndFitsItsWindow(int width, ColorScheme colours, String language)
      throws IOException {
    Page page =
        browser.open(
            html("good"),
            new NewContextOptions()
                .setViewportSize(width, 900)
                .setColorScheme(colours)
                .setLocale(language));

    page.evaluate("document.querySelectorAll('.model .fold').forEach(it => { it.open = true })");
    assertThat(page.locator("#drawn-map svg.marks")).isVisible();
    assertThat(page.locator("#calculator h2"))
        .hasText(language.equals("fr") ? "Calculateur" : "Calculator");
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
    AxeBuilder axe = new AxeBuilder(page).include("#calculator").include("#map");
    assertThat(axe.analyze().getViolations()).isEmpty();
    for (String part : List.of("calculator", "map")) {
      String name = "%s-%d-%s-%s.png".formatted(part, width, colours, language);
      page.locator("#" + part)
          .screenshot(new ScreenshotOptions().setPath(Path.of("target/screenshots", name)));
    }
  }

  @Test
  void namesTheTransportsThatCannotBeCalculated() throws IOException {
    Page page = browser.open(html("transport-missing"), new NewContextOptions());

    assertThat(page.locator("#remarks"))
        .containsText("Not in the model because none of their cells can be used: WebSocket");
    assertThat(page.locator("#advice")).not().containsText("NaN");
    assertThat(page.locator("#reckoned").innerText()).doesNotContain("NaN", "undefined", "null");
  }

  @Test
  void aShortPollThatSkipsVersionsIsNotCheapestWithoutSayingSo() throws IOException {
    Page page = browser.open(sample(), new NewContextOptions());
    page.locator("[name=matters]").fill("0");
    page.locator("[name=updatesPerSecond]").fill("20");
    page.locator("[name=limitMillis]").fill("5000");

    assertThat(page.locator("#advice")).containsText("its clients see only");
    assertThat(page.locator("#reckoned")).containsText("skips versions");
    page.locator("[name=updatesPerSecond]").fill("0.2");
    assertThat(page.locator("#reckoned")).not().containsText("skips versions");
  }

  @Test
  void theRateOfEachTaskIsNotThatOfAllTasks() throws IOException {
    Page page = browser.open(html("good"), new NewContextOptions());
    page.locator("[name=tasks]").fill("100");
    String ofAll = page.locator("#reckoned").innerText();
    page.locator("[name=rateOf]").selectOption("each");

    assertThat(page.locator("#reckoned").innerText()).isNotEqualTo(ofAll);
    assertThat(page.url()).endsWith("#calculator?tasks=100&rateOf=each");
    page.reload();
    assertThat(page.locator("[name=rateOf]")).hasValue("each");
    assertThat(page.locator("#remarks")).containsText("fitted to one task");
  }

  @Test
  void saysSoWhereAllAreEqualWithinWhatMatters() throws IOException {
    Page page = browser.open(sample(), new NewContextOptions());
    page.locator("[name=clients]").fill("100");
    page.locator("[name=matters]").fill("100000");
    assertThat(page.locator("#advice")).containsText("All are equal here");
    assertThat(page.locator("#advice")).containsText("choose by what stands between");

    page.locator("[name=limitMillis]").fill("300");
    assertThat(page.locator("#advice")).containsText("All but Short polling are equal here");
  }

  @Test
  void thePricesAreASheetThatAddsUp() throws IOException {
    Page page = browser.open(sample(), new NewContextOptions());
    page.locator("#price-sheet summary").click();
    for (String free : List.of("memoryPrice", "trafficPrice")) {
      page.locator("[name=" + free + "]").fill("0");
    }
    String ofCores = page.locator("#sheet-cores .of-transport").first().innerText();
    assertThat(page.locator("#sheet-sum .of-transport").first().innerText())
        .isEqualTo(ofCores.lines().findFirst().orElseThrow());
    page.locator("[name=cpuHourPrice]").fill("0.08");
    assertThat(page.locator("#sheet-cores .of-transport").first().innerText())
        .isNotEqualTo(ofCores);
    assertThat(page.url()).contains("cpuHourPrice=0.08");
  }

  private Path sample() throws IOException {
    return Report.write(Folders.copy(Folders.SAMPLE, folder)).html();
  }

  private Path html(String golden) throws IOException {
    return Report.write(Folders.copy(golden, folder)).html();
  }
}
