package pushlab.bench.road.proxy;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every kind of proxy must do. Runs where the proxy is installed.
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ProxyContract {

  private static final long PATIENCE = 30;
  private static final Path DOCUMENTS =
      requireNonNull(Path.of("").toAbsolutePath().getParent()).resolve("docs/proxy");

  @TempDir Path folder;

  private final ProxyKind kind;
  private final SmallOrigin origin;

  ProxyContract(String id) throws IOException {
    this.kind = Proxies.of(id).orElseThrow();
    this.origin = SmallOrigin.start();
  }

  @BeforeEach
  void isInstalled() {
    assumeThat(Proxies.installed())
        .as("%s is not installed, so it is not tried", kind.name())
        .contains(kind);
  }

  @AfterEach
  void stopOrigin() {
    origin.close();
  }

  @ParameterizedTest
  @EnumSource
  void passesRequestsOnAllItsListeners(Form form) throws Exception {
    try (RunningProxy proxy = start(form)) {
      assertThat(origin.requests()).as("requests before the first").isZero();
      assertThat(get(proxy.address())).isEqualTo("/path?query=1");
      if (proxy.compressed().isPresent()) {
        assertThat(get(proxy.compressed().orElseThrow())).isEqualTo("/path?query=1");
      }
      if (proxy.http2().isPresent()) {
        assertSpeaksHttp2(proxy.http2().orElseThrow());
      }
      assertThat(proxy.version()).matches("[0-9]+(\\.[0-9]+)+");
    }
  }

  @Test
  void givesAReasonForAListenerThatItLacks() throws Exception {
    try (RunningProxy proxy = start(Form.REMEDIED)) {
      assertThat(proxy.http2().isEmpty()).isEqualTo(kind.noHttp2().isPresent());
      assertThat(proxy.compressed().isEmpty()).isEqualTo(kind.noCompression().isPresent());
    }
  }

  @ParameterizedTest
  @EnumSource
  void servesAfterAReload(Form form) throws Exception {
    try (RunningProxy proxy = start(form)) {
      get(proxy.address());
      proxy.reload();
      int answered = 0;
      for (long end = System.nanoTime() + SECONDS.toNanos(PATIENCE);
          answered < 5 && System.nanoTime() < end; ) {
        answered = answers(proxy) ? answered + 1 : 0;
      }
      assertThat(answered).as("requests answered one after the other").isEqualTo(5);
      assertThat(proxy.isAlive()).isTrue();
    }
  }

  @Test
  void leavesNothingBehindWhenItIsClosed() throws Exception {
    RunningProxy proxy = start(Form.SMALLEST);
    get(proxy.address());
    List<ProcessHandle> processes = proxy.processes();
    assertThat(proxy.files().getFirst()).isDirectory();

    proxy.close();

    assertHaveEnded(processes);
    assertThat(proxy.files()).noneMatch(Files::exists);
  }

  @Test
  void leavesNothingBehindWhenItsFirstProcessIsKilled() throws Exception {
    RunningProxy proxy = start(Form.SMALLEST);
    get(proxy.address());
    List<ProcessHandle> processes = proxy.processes();
    processes.getFirst().destroyForcibly();
    processes.getFirst().onExit().get(PATIENCE, SECONDS);
    assertThat(proxy.isAlive()).isFalse();

    proxy.close();

    assertHaveEnded(processes);
    assertThat(proxy.files()).noneMatch(Files::exists);
  }

  @Test
  void leavesNothingBehindWhenItsParentIsKilled() throws Exception {
    Path out = folder.resolve("out");
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ProxyParent.class.getName(),
                kind.id(),
                Integer.toString(origin.address().getPort()))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    while (!Files.readString(out).contains("started")) {
      assertThat(parent.isAlive()).as(Files.readString(out)).isTrue();
      Thread.sleep(20);
    }
    List<Path> files =
        Files.readAllLines(out).stream()
            .takeWhile(line -> !line.equals("started"))
            .map(Path::of)
            .toList();
    List<ProcessHandle> processes = parent.descendants().toList();
    assertThat(processes).isNotEmpty();

    parent.destroyForcibly();

    assertHaveEnded(processes);
    assertThat(files).isNotEmpty();
    long deadline = System.nanoTime() + SECONDS.toNanos(PATIENCE);
    while (files.stream().anyMatch(Files::exists)) {
      assertThat(System.nanoTime()).as("%s are still there", files).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  @Test
  void namesAPortThatIsTaken() throws Exception {
    int taken = origin.address().getPort();
    List<Integer> ports = List.of(taken, taken, taken);
    assertThatThrownBy(() -> RunningProxy.start(kind, Form.SMALLEST, origin.address(), ports))
        .isInstanceOf(IOException.class)
        .hasMessage("%s cannot start: port %d is taken", kind.name(), taken);
  }

  /// A remedy that the second run does not contain would not be verified by it.
  @Test
  void theRemediedFormContainsEachRemedy() {
    Setup setup = remedied();
    assertContainsRemedies(setup.files().values() + " " + String.join(" ", setup.command()));
  }

  /// Production configurations have the same names as those of the lab.
  @Test
  void theProductionConfigurationContainsEachRemedy() throws Exception {
    String name = remedied().files().keySet().iterator().next();
    assertContainsRemedies(Files.readString(DOCUMENTS.resolve(name)));
  }

  private Setup remedied() {
    return kind.setUp(
        new Site(
            Path.of("/program"),
            Path.of("/folder"),
            Form.REMEDIED,
            origin.address(),
            8081,
            8082,
            8083));
  }

  private void assertContainsRemedies(String text) {
    assertThat(kind.remedies().values().stream().flatMap(String::lines).map(String::strip))
        .allSatisfy(line -> assertThat(text).contains(line));
  }

  private RunningProxy start(Form form) throws IOException {
    return RunningProxy.start(kind, form, origin.address());
  }

  /// Squid refuses connections for a moment while it reloads.
  private static boolean answers(RunningProxy proxy) throws Exception {
    try {
      return get(proxy.address()).equals("/path?query=1");
    } catch (ConnectException _) {
      Thread.sleep(20);
      return false;
    }
  }

  private static String get(URI address) throws Exception {
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpRequest request = HttpRequest.newBuilder(address.resolve("/path?query=1")).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  /// The answer to a preface of HTTP/2 begins with a frame of settings (RFC 9113, 3.4).
  private static void assertSpeaksHttp2(URI address) throws IOException {
    try (var socket = new Socket(address.getHost(), address.getPort())) {
      socket
          .getOutputStream()
          .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
      byte[] frame = socket.getInputStream().readNBytes(9);
      assertThat(frame[3]).as("the type of the first frame").isEqualTo((byte) 4);
    }
  }

  private static void assertHaveEnded(List<ProcessHandle> processes) throws Exception {
    CompletableFuture.allOf(
            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .get(PATIENCE, SECONDS);
  }
}
