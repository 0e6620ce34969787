package pushlab.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A headless Chromium that is already installed. Pages are opened as a reader opens them: from
/// disk, without a network. After each test they are closed, and none of them may have complained
/// or asked for anything but itself. Without a Chromium the tests are skipped.
final class Browser implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");
  private static final List<String> QUIET =
      List.of(
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-gpu");

  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private @Nullable Playwright playwright;
  private com.microsoft.playwright.@Nullable Browser chromium;

  @Override
  public void beforeAll(ExtensionContext context) {
    Optional<Path> executable = executable();
    assumeTrue(executable.isPresent(), "no Chromium is installed");
    var options = new Playwright.CreateOptions();
    options.setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
    playwright = Playwright.create(options);
    chromium =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable.get())
                    .setChromiumSandbox(!"root".equals(System.getProperty("user.name")))
                    .setArgs(QUIET));
  }

  /// The page in that file, all of its figures drawn that are not folded.
  Page open(Path html, NewContextOptions options) {
    return open(html, "", options);
  }

  /// The same at that place of it.
  Page open(Path html, String hash, NewContextOptions options) {
    var context = requireNonNull(chromium).newContext(options);
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
    page.navigate(html.toUri() + hash);
    page.waitForFunction(
        """
        [...document.querySelectorAll('.drawing')].every(
            drawing => drawing.hasChildNodes() || drawing.closest('details:not([open])'))
        """);
    return page;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    requireNonNull(chromium).contexts().forEach(BrowserContext::close);
    List<String> heard = List.copyOf(complaints);
    List<String> asked = List.copyOf(requests);
    complaints.clear();
    requests.clear();
    assertThat(heard).isEmpty();
    assertThat(asked).allMatch(url -> url.startsWith("file:") || url.startsWith("data:"));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (playwright != null) {
      playwright.close();
    }
  }

  /// The one that `PUSHLAB_CHROMIUM` names, else the first of the usual names on the `PATH`.
  private static Optional<Path> executable() {
    return Stream.concat(
            Optional.ofNullable(System.getenv("PUSHLAB_CHROMIUM")).map(Path::of).stream(),
            NAMES.stream().flatMap(Browser::onPath))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Stream<Path> onPath(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name));
  }
}
