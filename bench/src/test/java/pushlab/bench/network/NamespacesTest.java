package pushlab.bench.network;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Networks of packets, each made by a process in a namespace of its own.
@Timeout(120)
class NamespacesTest {

  private static final Path CHECKOUT = requireNonNull(Path.of("").toAbsolutePath().getParent());
  private static final long PATIENCE = 60;

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // start() sets all three
  private Process trial;

  @SuppressWarnings("NullAway.Init")
  private BufferedReader said;

  @SuppressWarnings("NullAway.Init")
  private Writer orders;

  @BeforeEach
  void packetsCanBeShaped() {
    assumeTrue(Shapers.missing().isEmpty(), () -> Shapers.missing().orElseThrow().english());
  }

  @AfterEach
  void end() throws Exception {
    Process started = trial;
    if (started != null) {
      started.destroy();
      assertThat(started.waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void roundTripAndLossAreAsAsked() throws Exception {
    start("rtt=80ms,loss=5%");
    String[] measured = ask("calibrate").split(" ", -1);
    assertThat(Double.parseDouble(measured[0])).isBetween(79.0, 100.0);
    assertThat(Double.parseDouble(measured[1])).isBetween(0.03, 0.07);
  }

  @Test
  void jitterAndRateChangeNothingOfTheRoundTripOfSinglePackets() throws Exception {
    start("rtt=60ms,jitter=10ms,rate=2mbit");
    String[] measured = ask("calibrate").split(" ", -1);
    assertThat(Double.parseDouble(measured[0])).isBetween(50.0, 80.0);
    assertThat(Double.parseDouble(measured[1])).isLessThan(0.01);
  }

  @Test
  void packetsAndTheWorkOfTheShaperAreCounted() throws Exception {
    start("rtt=20ms");
    assertThat(ask("subscribers")).isEqualTo("true");
    String use = ask("use");
    assertThat(number(use, "packetsOut")).isPositive();
    assertThat(number(use, "packetsIn")).isPositive();
    assertThat(number(use, "bytesOut")).isGreaterThan(number(use, "packetsOut") * 40);
    assertThat(number(use, "retransmittedOut")).isNotNegative();
    assertThat(number(use, "shaperCpuMicros")).isNotNegative();
    assertThat(number(use, "shaperShare")).isBetween(0.0, 1.0);
  }

  @Test
  void onlyTheSubscribersAreCutOffAndComeBack() throws Exception {
    start("rtt=20ms");
    assertThat(ask("subscribers")).isEqualTo("true");
    assertThat(ask("cut")).isEqualTo("is cut");
    assertThat(ask("subscribers")).isEqualTo("false");
    assertThat(ask("publisher")).isEqualTo("true");
    assertThat(ask("restore")).isEqualTo("is restored");
    assertThat(ask("subscribers")).isEqualTo("true");
  }

  @Test
  void theExitCodePassesThroughAndNothingIsLeft() throws Exception {
    start("rtt=20ms");
    List<ProcessHandle> all = trial.descendants().toList();
    order("exit");
    assertThat(trial.waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
    assertThat(trial.exitValue()).isEqualTo(3);
    assertNothingIsLeft(all);
  }

  @Test
  void nothingIsLeftAfterTheInputHasEnded() throws Exception {
    start("rtt=20ms");
    List<ProcessHandle> all = trial.descendants().toList();
    orders.close();
    assertThat(trial.waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
    assertThat(trial.exitValue()).isZero();
    assertNothingIsLeft(all);
  }

  @Test
  void nothingIsLeftAfterSigterm() throws Exception {
    start("rtt=20ms");
    List<ProcessHandle> all = trial.descendants().toList();
    trial.destroy();
    assertThat(trial.waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
    assertThat(trial.exitValue()).isEqualTo(128 + 15);
    assertNothingIsLeft(all);
  }

  /// A terminal sends Ctrl-C to the whole process group.
  @Test
  void nothingIsLeftAfterCtrlC() throws Exception {
    start("rtt=20ms");
    List<ProcessHandle> all = trial.descendants().toList();
    signal("INT", trial.toHandle());
    assertThat(trial.waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
    assertNothingIsLeft(all);
  }

  @Test
  void nothingIsLeftAfterKill() throws Exception {
    start("rtt=20ms");
    List<ProcessHandle> all = trial.descendants().toList();
    trial.destroyForcibly();
    assertNothingIsLeft(all);
  }

  /// The process in the namespace, which the outer one has started.
  @Test
  void nothingIsLeftAfterTheInnerProcessWasKilled() throws Exception {
    start("rtt=20ms");
    List<ProcessHandle> all = trial.descendants().toList();
    trial
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("/java"))
        .findFirst()
        .orElseThrow()
        .destroyForcibly();
    assertThat(trial.waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
    assertThat(trial.exitValue()).isEqualTo(128 + 9);
    assertNothingIsLeft(all);
  }

  private static void signal(String name, ProcessHandle process) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /// Namespaces without a name and the taps in them end with their processes.
  private void assertNothingIsLeft(List<ProcessHandle> processes) throws Exception {
    assertThat(processes).isNotEmpty();
    CompletableFuture.allOf(
            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .get(PATIENCE, TimeUnit.SECONDS);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    while (!isEmpty(folder.resolve("tmp")) && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    assertThat(folder.resolve("tmp")).isEmptyDirectory();
  }

  private static boolean isEmpty(Path path) throws IOException {
    try (var files = Files.list(path)) {
      return files.findAny().isEmpty();
    }
  }

  private void start(String network) throws Exception {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    trial =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                NetworkTrial.class.getName(),
                network,
                CHECKOUT.toString(),
                folder.resolve("server.log").toString())
            .redirectError(folder.resolve("err").toFile())
            .start();
    said = trial.inputReader(StandardCharsets.UTF_8);
    orders = trial.outputWriter(StandardCharsets.UTF_8);
    assertThat(said.readLine()).as(() -> error()).isIn("netem", "wirefilter");
  }

  private String error() {
    try {
      return Files.readString(folder.resolve("err"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void order(String order) throws IOException {
    orders.write(order + "\n");
    orders.flush();
  }

  private String ask(String order) throws IOException {
    order(order);
    String answer = said.readLine();
    assertThat(answer).as(this::error).isNotNull();
    return answer;
  }

  private static double number(String use, String name) {
    return Double.parseDouble(use.replaceAll(".*[\\[ ]" + name + "=([-0-9.Ee]+).*", "$1"));
  }
}
