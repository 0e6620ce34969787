package pushlab.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.data.Index.atIndex;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.report.result.ResultsFolder;
import pushlab.server.PushlabServer;
import pushlab.server.ServerOptions;

/// The command line, each time in a process of its own, as `./lab` runs it.
@Timeout(120)
class LabTest {

  private static final Path CHECKOUT = requireNonNull(Path.of("").toAbsolutePath().getParent());
  private static final String SMALL =
      "--clients 5 --updates-per-second 10 --transports websocket,long-polling --no-suites";

  @TempDir Path folder;

  private record Ended(int exit, String out, String err) {}

  @ParameterizedTest
  @ValueSource(strings = {"", "conquer", "compare --fast", "gatling conquer"})
  void whatIsNoCommandGetsUsageAndTwo(String arguments) throws Exception {
    Ended lab = lab(arguments);
    assertThat(lab.exit()).isEqualTo(2);
    assertThat(lab.err()).contains("Usage: ./lab").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --transports nonsense            | no transport 'nonsense'; there are [short-polling, long
          --clients 0                      | --clients must be 1 to 20000
          --updates-per-second 0           | --updates-per-second must be more than 0, up to 1000
          --seconds 0                      | --seconds must be more than 0, up to 3600
          --poll-interval soon             | 'soon' is no time; a time is a number and its unit
          --warm-up -1s                    | --warm-up must be from 0s to 3600s
          --target 127.0.0.1:8080          | --target
          --tasks 0                        | --tasks must be 1 to 1000
          --payload 10                     | --payload must be from 24 to 256 characters
          --poll-interval 1s,0s            | --poll-interval must be from 1ms to 3600s
          --idle 2h                        | --idle must be from 0s to 3600s
          --alone                          | --alone needs a --target
          --target https://127.0.0.1       | 'https://127.0.0.1' speaks TLS, which the instruments do
          """)
  void anOptionThatDoesNotFitIsNamedAndNothingIsLeftBehind(String option, String said)
      throws Exception {
    Path results = folder.resolve("results");
    Ended lab = lab("compare --results " + results + " " + option);
    assertThat(lab.exit()).isEqualTo(2);
    assertThat(lab.err().lines().findFirst())
        .hasValueSatisfying(
            line -> {
              assertThat(line).contains(said);
            });
    assertThat(lab.err()).doesNotContain("\tat ");
    assertThat(results).doesNotExist();
  }

  @Test
  void aTargetThatNobodyListensAtIsSaidInOneLine() throws Exception {
    String target = "http://127.0.0.1:" + freePort();
    assertFailsInOneLine(compare(SMALL + " --target " + target), target + " cannot be measured: ");
    assertFailsInOneLine(lab("check " + target), target + " does not answer: nobody listens there");
  }

  @Test
  void aCertificateThatNobodyVouchesForIsSaidInOneLine() throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port=0", "--tls-self-signed"))) {
      assertFailsInOneLine(
          lab("check " + server.address()),
          server.address() + " has no certificate that can be trusted (--insecure trusts any): ");
    }
  }

  @Test
  void aTargetThatIsNoSuchServerIsSaidInOneLine() throws Exception {
    try (var other = SmallServer.start()) {
      for (String path : List.of("/status", "/poll-status", "/ws")) {
        other.on(path, (_, out) -> SmallServer.send(out, 404, "<html>Not here</html>"));
      }
      String target = other.address().toString();
      assertFailsInOneLine(
          compare(SMALL + " --target " + target), target + " cannot be measured: ", "404");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ftp://127.0.0.1                            | 'ftp://127.0.0.1' is no address such as
          http://                                    | 'http://' is no address such as
          http://127.0.0.1 --poll-path poll          | 'poll' is no path
          http://127.0.0.1 --statuses On,Off         | --statuses must be three or more
          http://127.0.0.1 --update-method GET       | --update-method GET has no body
          http://127.0.0.1 --update-format xml       | --update-format
          http://127.0.0.1 --hold-at-least 40s       | --hold-at-least must be less than
          """)
  void anOptionOfCheckThatDoesNotFitIsNamed(String arguments, String said) throws Exception {
    Ended lab = lab("check " + arguments);
    assertThat(lab.exit()).isEqualTo(2);
    assertThat(lab.err()).contains(said).contains("Usage: ./lab check").doesNotContain("\tat ");
  }

  @Test
  void aCheckOfARightServerEndsWithZero() throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port=0", "--hold=2200ms"))) {
      Ended lab = lab("check --strict --hold-at-least 2s " + server.address());
      assertThat(lab.out()).contains(" is right: ");
      assertThat(lab.exit()).isZero();
    }
  }

  @Test
  void aCheckOfAWrongServerEndsWithOneAndWritesWhatItFound() throws Exception {
    Path page = folder.resolve("check.html");
    try (var other = SmallServer.start()) {
      other.on("/poll-status", (_, out) -> SmallServer.send(out, 200, "{}"));
      Ended lab = lab("check --json - --html " + page + " " + other.address().getAuthority());
      assertThat(lab.exit()).isEqualTo(1);
      JsonNode json = ResultsFolder.json().readTree(lab.out());
      assertThat(json.path("right").asBoolean(true)).isFalse();
      assertThat(lab.err())
          .contains("FAIL  first answer", other.address() + " is NOT RIGHT: 2 fail")
          .doesNotContain("\tat ");
    }
    assertThat(page).content(UTF_8).contains("first answer").endsWith("</html>\n");
  }

  @Test
  void resultsThatCannotBeWrittenAreSaidInOneLine() throws Exception {
    Path file = Files.createFile(folder.resolve("results"));
    assertFailsInOneLine(
        lab("compare --quick --results " + file), "cannot write results to " + file);
  }

  @Test
  void aReportOfNoFolderIsSaidInOneLine() throws Exception {
    Path nowhere = folder.resolve("nowhere");
    assertFailsInOneLine(lab("report " + nowhere), "there is no folder " + nowhere);
  }

  @Test
  void aSmallComparisonIsMeasuredReportedAndReportedAgain() throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"))) {
      Ended lab =
          compare(
              SMALL
                  + " --seconds 1 --repeats 1 --warm-up 200ms --alone --target "
                  + server.address());
      assertThat(lab.err()).doesNotContain("\tat ");
      assertThat(lab.exit()).isZero();
      assertThat(lab.out()).contains("report: " + run().resolve("index.html"));
    }
    JsonNode run = json("run.json");
    assertThat(run.path("finished").asBoolean()).isTrue();
    assertThat(run.path("plan").path("name").asText()).isEqualTo("own");
    assertThat(run.path("remarks")).hasSize(1);
    assertWhole(json("report.json"));

    Files.delete(run().resolve("report.json"));
    assertThat(lab("report " + run()).exit()).isZero();
    assertWhole(json("report.json"));
  }

  @Test
  void aTargetIsMeasuredByTurnsWithOurs() throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"))) {
      String target = server.address().toString();
      Ended lab =
          compare(
              "--transports websocket --clients 5 --updates-per-second 10 --no-suites"
                  + " --seconds 1 --repeats 2 --warm-up 0s --idle 500ms --target "
                  + target
                  + " --pid "
                  + ProcessHandle.current().pid());
      assertThat(lab.exit()).isZero();

      assertThat(json("run.json").path("target").isNull()).isTrue();
      Path theirs = run().resolveSibling(run().getFileName() + "-target");
      JsonNode run = ResultsFolder.json().readTree(theirs.resolve("run.json").toFile());
      assertThat(target).startsWith(run.path("target").asText("none"));
      JsonNode report = ResultsFolder.json().readTree(theirs.resolve("report.json").toFile());
      assertThat(report.path("cells").path(0).path("repeats").asInt()).isEqualTo(2);
      assertThat(report.path("cells").path(0).path("serverCpuMicrosPerDelivery").isNumber())
          .isTrue();
      assertThat(report.path("idle").path(0).path("requestsPerHour").asDouble(-1)).isZero();
      assertThat(lab.err())
          .containsSubsequence("round 1: WebSocket", "round 1: WebSocket", "round 2: WebSocket");
    }
  }

  private static void assertWhole(JsonNode report) {
    assertThat(report.path("verdicts").isArray()).isTrue();
    assertThat(report.path("cells"))
        .extracting(cell -> cell.path("transport").asText())
        .containsExactly("long-polling", "websocket");
    for (JsonNode cell : report.path("cells")) {
      assertThat(cell.path("clients").asInt()).isEqualTo(5);
      assertThat(cell.path("updatesPerSecond").asDouble()).isEqualTo(10);
      assertThat(cell.path("repeats").asInt()).isEqualTo(1);
      assertThat(cell.path("expected").asInt()).isEqualTo(50);
      assertThat(cell.path("delivered").asInt() + cell.path("skipped").asInt()).isEqualTo(50);
      assertThat(cell.path("errors").asInt(-1)).isZero();
      assertThat(cell.path("pollIntervalMillis").isNull()).isTrue();
      for (String latency : List.of("latencyMicros", "correctedLatencyMicros")) {
        for (String percentile : List.of("p50", "p90", "p99", "p999", "max")) {
          assertThat(cell.path(latency).path(percentile).asLong()).isPositive();
        }
      }
      assertThat(cell.path("stalenessMillis").asDouble()).isPositive();
      assertThat(cell.path("bytesOutPerDelivery").asDouble()).isPositive();
      assertThat(cell.path("bytesInPerDelivery").isNumber()).isTrue();
      assertThat(cell.path("requestsPerDelivery").isNumber()).isTrue();
      // On Linux, the process that listens at the target can be found.
      boolean known = OS.LINUX.isCurrentOs();
      assertThat(cell.path("serverCpuMicrosPerDelivery").isNumber()).isEqualTo(known);
      assertThat(cell.path("memoryKiBPerIdleConnection").isNumber()).isEqualTo(known);
    }
  }

  @Test
  void jmhListsItsBenchmarksAndMeasuresTheOneThatIsChosen() throws Exception {
    assertThat(lab("jmh --list samples").out())
        .contains("pushlab.bench.jmh.samples.DeadCode.wrong")
        .doesNotContain("DeliveryBenchmark");
    Path results = folder.resolve("results");
    Ended lab = lab("jmh --quick --results " + results + " VersionedStateBenchmark.current");
    assertThat(lab.exit()).isZero();
    assertThat(lab.out()).contains("results: " + results.resolve("jmh.json"));
    assertThat(ResultsFolder.json().readTree(results.resolve("jmh.json").toFile())).hasSize(1);
  }

  @Test
  void gatlingSaysHowManyConnectionsAServerHoldsAndWhyNoMore() throws Exception {
    String capacity = " --transport sse --max 50 --per-second 50 --hold 1s --results " + folder;
    try (var server =
        PushlabServer.start(ServerOptions.parse("--port", "0", "--max-connections", "20"))) {
      Ended lab = lab("gatling capacity " + server.address() + capacity);
      assertThat(lab.exit()).isZero();
      assertThat(lab.out())
          .containsPattern("Server-sent events: 1\\d connections held; then the first error: .*503")
          .contains("report: " + folder.resolve("capacity-sse").resolve("index.html"));
    }
  }

  @Test
  void versusMeasuresOurServerAndAnotherByTurns() throws Exception {
    String address;
    Ended lab;
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"))) {
      address = server.address().toString();
      lab =
          lab(
              "versus --clients 5 --updates-per-second 10 --seconds 1 --rounds 1"
                  + " --transports long-polling "
                  + address);
    }
    assertThat(lab.exit()).isZero();
    assertThat(lab.out().lines())
        .hasSize(4)
        .satisfies(line -> assertThat(line).startsWith("| Long polling | Pushlab | "), atIndex(2))
        .satisfies(
            line -> assertThat(line).startsWith("| Long polling | http://127.0.0.1:"), atIndex(3));
    assertThat(lab.out().lines().skip(2))
        .allSatisfy(line -> assertThat(line).endsWith("| 0.0 (0.0 to 0.0) |"));
    assertThat(lab.err()).contains("round 1 of 1: Long polling, Pushlab").doesNotContain("\tat ");
  }

  @Test
  void versusNamesTheServerThatDoesNotAnswer() throws Exception {
    String target = "http://127.0.0.1:" + freePort();
    Ended lab = lab("versus --clients 5 --seconds 1 --transports websocket " + target);
    assertThat(lab.exit()).isEqualTo(1);
    assertThat(lab.err().lines().reduce((_, last) -> last))
        .hasValueSatisfying(line -> assertThat(line).contains(target.substring(7)));
    assertThat(lab.err()).doesNotContain("\tat ");
  }

  @Test
  void ctrlCStopsTheServerThatTheRunStartedAndReportsWhatWasMeasured() throws Exception {
    Process lab =
        start(
            "compare --results %s %s --seconds 1 --repeats 50 --warm-up 0s"
                .formatted(folder.resolve("results"), SMALL));
    await(lab, () -> measured() >= 2);
    List<ProcessHandle> started = lab.descendants().toList();
    assertThat(started).isNotEmpty();

    assertThat(new ProcessBuilder("kill", "-s", signal(), "" + lab.pid()).start().waitFor())
        .isZero();

    assertThat(lab.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(lab.exitValue()).isNotZero();
    for (ProcessHandle process : started) {
      process.onExit().get(10, TimeUnit.SECONDS);
    }
    JsonNode run = json("run.json");
    assertThat(run.path("finished").asBoolean(true)).isFalse();
    assertThat(run.path("remarks"))
        .extracting(JsonNode::asText)
        .contains("The run was broken off before its end.");
    assertThat(Files.readString(folder.resolve("out"))).contains("report: ");
    assertThat(run().resolve("index.html")).isNotEmptyFile();
    assertThat(json("report.json").path("cells")).isNotEmpty();
    assertThat(lab("compare --quick --resume " + run()).err())
        .contains("--quick does not go with --resume");
    for (JsonNode cell : json("report.json").path("cells")) {
      assertThat(cell.path("repeats").asInt()).isPositive();
      assertThat(cell.path("serverCpuMicrosPerDelivery").isNumber()).isTrue();
    }
  }

  @Test
  void aServerThatIsKilledInMidCellMarksItAndTheRunGoesOn() throws Exception {
    Process lab =
        start(
            "compare --results %s %s --seconds 4 --repeats 1 --warm-up 0s"
                .formatted(folder.resolve("results"), SMALL));
    // What the recording is begun for is measured next.
    await(lab, () -> childOf(lab, "JFR.start").isPresent());
    childOf(lab, "JFR.start").ifPresent(jcmd -> jcmd.onExit().join());
    assertThat(childOf(lab, "bin/java").orElseThrow().destroyForcibly()).isTrue();

    assertThat(lab.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(lab.exitValue()).isZero();
    assertThat(json("run.json").path("remarks"))
        .extracting(JsonNode::asText)
        .anySatisfy(remark -> assertThat(remark).contains("the server process ended"));
    JsonNode cells = json("report.json").path("cells");
    assertThat(cells).hasSize(2);
    assertThat(cells)
        .extracting(cell -> cell.path("unfit").toString())
        .anySatisfy(
            why -> assertThat(why).containsAnyOf("ended by the server", "nothing was delivered"));
    assertThat(cells)
        .extracting(cell -> cell.path("repeats").asInt())
        .as("all were measured, those after the kill by a new server")
        .containsOnly(1);
  }

  private static Optional<ProcessHandle> childOf(Process lab, String argument) {
    return lab.descendants().filter(child -> said(child).contains(argument)).findFirst();
  }

  @Test
  void aRunThatWasBrokenOffGoesOnWhereItWas() throws Exception {
    Process lab =
        start(
            "compare --results %s %s --seconds 1 --repeats 2 --warm-up 0s"
                .formatted(folder.resolve("results"), SMALL));
    await(lab, () -> measured() >= 1);
    List<ProcessHandle> started = lab.descendants().toList();
    lab.destroyForcibly().waitFor();
    started.forEach(ProcessHandle::destroyForcibly);
    Path first = firstCell();
    String before = Files.readString(first).strip().replaceAll("(?s)\\s*]\\s*}$", "");

    assertThat(lab("compare --no-suites --resume " + run()).exit()).isZero();

    assertThat(Files.readString(first)).as("what was measured stays").startsWith(before);
    assertThat(json("run.json").path("finished").asBoolean()).isTrue();
    assertThat(json("report.json").path("cells"))
        .hasSize(2)
        .allSatisfy(cell -> assertThat(cell.path("repeats").asInt()).isEqualTo(2));
    assertThat(lab("compare --resume " + run()).err()).contains("has come to its end");
  }

  private Path firstCell() throws IOException {
    try (var files = Files.walk(run())) {
      return files.filter(file -> file.endsWith("cell.json")).findFirst().orElseThrow();
    }
  }

  /// A long command line is not known whole.
  private static String said(ProcessHandle process) {
    return process.info().commandLine().or(process.info()::command).orElse("");
  }

  /// How many cells have been measured so far.
  private long measured() throws IOException {
    if (!Files.exists(folder.resolve("results"))) {
      return 0;
    }
    try (var files = Files.walk(folder.resolve("results"))) {
      return files.filter(file -> file.endsWith("cell.json")).count();
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private void await(Process lab, Condition condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      if (lab.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        fail(Files.readString(folder.resolve("out")) + Files.readString(folder.resolve("err")));
      }
    }
  }

  /// INT, unless whoever started this process in the background has set it to be ignored, which
  /// every process inherits.
  private static String signal() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return "INT";
    }
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow()
            .substring("SigIgn:".length())
            .strip();
    return (Long.parseUnsignedLong(ignored, 16) & 0b10) == 0 ? "INT" : "TERM";
  }

  private Ended compare(String arguments) throws Exception {
    return lab("compare --results " + folder.resolve("results") + " " + arguments);
  }

  private Ended lab(String arguments) throws Exception {
    Process process = start(arguments);
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      fail("'%s' did not end", arguments);
    }
    return new Ended(
        process.exitValue(),
        Files.readString(folder.resolve("out")),
        Files.readString(folder.resolve("err")));
  }

  private Process start(String arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dpushlab.home=" + CHECKOUT,
            "-cp",
            System.getProperty("java.class.path"),
            Lab.class.getName()));
    if (!arguments.isEmpty()) {
      command.addAll(List.of(arguments.split(" ", -1)));
    }
    return new ProcessBuilder(command)
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  private static void assertFailsInOneLine(Ended lab, String... said) {
    assertThat(lab.err().lines()).hasSize(1);
    assertThat(lab.err()).startsWith("lab: ").contains(said);
    assertThat(lab.exit()).isEqualTo(1);
  }

  private Path run() throws IOException {
    try (var runs = Files.list(folder.resolve("results"))) {
      return runs.sorted().toList().getFirst();
    }
  }

  private JsonNode json(String file) throws IOException {
    return ResultsFolder.json().readTree(Files.readString(run().resolve(file), UTF_8));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
