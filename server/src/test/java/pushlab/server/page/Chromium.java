package pushlab.server.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A headless Chromium: the one that `PUSHLAB_CHROMIUM` names, else one on the `PATH`, else the one
/// that Playwright downloads.
final class Chromium implements AutoCloseable {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

  /// Options that keep the browser from sending requests of its own.
  private static final List<String> QUIET =
      List.of(
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-gpu");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static Chromium launch() {
    Optional<Path> installed = installed();
    var creation = new Playwright.CreateOptions();
    var launch = new BrowserType.LaunchOptions().setChromiumSandbox(false).setArgs(QUIET);
    installed.ifPresent(
        path -> {
          creation.setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
          launch.setExecutablePath(path);
        });
    var playwright = Playwright.create(creation);
    return new Chromium(playwright, playwright.chromium().launch(launch));
  }

  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  private static Optional<Path> installed() {
    return Optional.ofNullable(System.getenv("PUSHLAB_CHROMIUM"))
        .map(Path::of)
        .or(() -> NAMES.stream().flatMap(Chromium::onPath).filter(Files::isExecutable).findFirst());
  }

  private static Stream<Path> onPath(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name));
  }
}
