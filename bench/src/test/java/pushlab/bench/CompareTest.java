package pushlab.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pushlab.bench.FaultyProxy.Behaviour;
import pushlab.report.result.Delivery;
import pushlab.report.result.ResultsFolder;
import pushlab.server.PushlabServer;
import pushlab.server.options.ServerOptions;

/// `./lab compare`, with every way in which it may end.
@Timeout(120)
class CompareTest extends LabProcess {

  @Test
  void aSmallRunIsMeasuredReportedAndReportedAgain() throws Exception {
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
    assertThat(run.path("pollHoldSeconds").asInt()).isEqualTo(25);
    assertWhole(json("report.json"));

    Files.delete(run().resolve("report.json"));
    assertThat(lab("report " + run()).exit()).isZero();
    assertWhole(json("report.json"));

    Path beside = folder.resolve("beside");
    var sideBySide = lab("report %s %s --out %s".formatted(run(), run(), beside));
    assertThat(sideBySide.exit()).isZero();
    assertThat(sideBySide.out()).contains("report: " + beside.resolve("index.html"));
    assertThat(beside.resolve("report.json")).exists();
  }

  @Test
  void aHeldOutCellIsMeasuredBesideWhatTheModelSaysOfIt() throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"))) {
      Ended lab =
          compare(
              "--transports websocket --clients 5,20 --updates-per-second 10 --held-out 10,20"
                  + " --no-suites --seconds 1 --repeats 1 --warm-up 0s --alone --target "
                  + server.address());
      assertThat(lab.exit()).isZero();
      assertThat(lab.out()).containsSubsequence("websocket-10-20", "Of ", "predictions");
    }
    assertThat(json("run.json").path("heldOut").path(0).path("clients").asInt()).isEqualTo(10);
    JsonNode model = json("report.json").path("model");
    assertThat(model.path("predictions").path(0).path("cell").asText())
        .isEqualTo("websocket-10-20");
    assertThat(model.path("transports").path(0).path("cells")).hasSize(2);

    Ended wrong = lab("compare --held-out many");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("--held-out must be a number of clients and a rate");
  }

  @Test
  void aTargetIsMeasuredInTurnWithOurServer() throws Exception {
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
      Path both = theirs.resolve("beside-" + run().getFileName()).resolve("index.html");
      assertThat(lab.out()).contains("comparison: " + both);
      assertThat(both).content(UTF_8).contains(target.replaceFirst("/$", ""));
      assertThat(lab.err())
          .containsSubsequence("round 1: WebSocket", "round 1: WebSocket", "round 2: WebSocket");
    }
  }

  @Test
  void aProxyIsMeasuredAndTheAnswerIsForIt() throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"));
        var proxy = FaultyProxy.start(Behaviour.DROPS_UPGRADE, server.address())) {
      Ended lab =
          compare(
              "--transports long-polling,websocket --clients 100 --updates-per-second 2"
                  + " --no-suites --seconds 1 --repeats 1 --warm-up 0s --behind "
                  + proxy.address());
      assertThat(lab.err()).doesNotContain("\tat ");
      assertThat(lab.exit()).isZero();
      assertThat(lab.out()).contains("report: " + run().resolve("index.html"), "✕ 426");

      JsonNode behind = json("proxies/behind.json");
      assertThat(behind.path("smallest").path("webSocket").path("value").asInt()).isEqualTo(426);
      JsonNode report = json("report.json");
      assertThat(report.path("road").path("own").asBoolean()).isTrue();
      assertThat(report.path("cells")).hasSize(1);
      assertThat(report.path("cells").path(0).path("transport").asText()).isEqualTo("long-polling");
      assertThat(report.path("cells").path(0).path("serverCpuMicrosPerDelivery").isNull())
          .as("what listens on that port is the proxy")
          .isTrue();
      assertThat(report.path("answers"))
          .filteredOn(answer -> answer.path("situation").path("id").asText().equals("proxy"))
          .allSatisfy(
              answer ->
                  assertThat(answer.path("reasons").toString())
                      .contains("does not let WebSocket through: 426"));

      Files.writeString(
          run().resolve("run.json"),
          Files.readString(run().resolve("run.json"))
              .replaceFirst("\"finished\" : true", "\"finished\" : false"));
      try (var files = Files.walk(firstCell().getParent())) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
      assertThat(lab("compare --no-suites --resume " + run()).exit()).isZero();
      JsonNode resumed = json("report.json");
      assertThat(resumed.path("road").path("proxies").path(0).path("id").asText())
          .isEqualTo("behind");
      assertThat(resumed.path("cells").path(0).path("serverCpuMicrosPerDelivery").isNull())
          .isTrue();
    }
  }

  @Test
  void eachDeliveryIsMeasuredAndComparedWithTheOther() throws Exception {
    Ended lab =
        compare(
            "--delivery threads,loop --transports short-polling,long-polling --clients 5"
                + " --updates-per-second 10 --poll-interval 100ms --no-suites --seconds 1"
                + " --repeats 2 --warm-up 0s");
    assertThat(lab.exit()).isZero();

    String first = Delivery.DEFAULT.id();
    assertThat(json("run.json").path("plan").path("deliveries").path(0).asText()).isEqualTo(first);
    assertThat(json("run.json").path("plan").path("deliveries")).hasSize(2);
    for (String delivery : List.of("loop", "threads")) {
      JsonNode cell = json("cells/long-polling-5-10-%s/cell.json".formatted(delivery));
      assertThat(cell.path("delivery").asText()).isEqualTo(delivery);
      assertThat(cell.path("repeats")).hasSize(2);
    }
    assertThat(json("cells/short-polling-5-10/cell.json").has("delivery")).isFalse();
    JsonNode report = json("report.json");
    assertThat(report.path("byDelivery").path(0).path("verdicts").path(0).path("standings"))
        .extracting(standing -> standing.path("delivery").asText())
        .containsExactlyInAnyOrder("loop", "threads");
    assertThat(report.path("verdicts").path(0).path("standings"))
        .extracting(standing -> standing.path("cell").asText())
        .contains("long-polling-5-10-" + first)
        .hasSize(2);
    assertThat(lab.out()).contains("What a virtual thread for each client costs");
    assertThat(lab.err()).contains("updates a second, loop", "updates a second, threads");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --delivery loop --target http://127.0.0.1:9 | another server has its own way
          --delivery loop,threads --transports short-polling | its requests are answered at once
          --delivery green                            | no delivery 'green'; there are [loop, threads]
          """)
  void aDeliveryThatCannotBeMeasuredIsAnErrorThatSaysWhy(String arguments, String said)
      throws Exception {
    Ended lab = compare(arguments);
    assertThat(lab.exit()).isEqualTo(2);
    assertThat(lab.err()).contains("--delivery").contains(said);
  }

  @Test
  void theMeasuredServerIgnoresTheUsersEnvironmentForServers() throws Exception {
    Path theirs = folder.resolve("theirs");
    ProcessBuilder prepared =
        prepare(
            "compare --results %s %s --seconds 1 --repeats 1 --warm-up 0s"
                .formatted(folder.resolve("results"), SMALL));
    prepared
        .environment()
        .putAll(
            Map.of(
                "PUSHLAB_STORE",
                "jdbc:h2:file:" + theirs,
                "PUSHLAB_UPDATE_TOKEN",
                "secret",
                "PUSHLAB_MAX_READERS",
                "1",
                "PUSHLAB_TLS_SELF_SIGNED",
                "true",
                "JAVA_TOOL_OPTIONS",
                "-XX:+UseG1GC"));
    Process lab = prepared.redirectErrorStream(true).start();

    String said = new String(lab.getInputStream().readAllBytes(), UTF_8);
    assertThat(lab.waitFor()).as(said).isZero();
    assertWhole(json("report.json"));
    assertThat(theirs.resolveSibling("theirs.mv.db")).doesNotExist();
    assertThat(json("run.json").path("remarks"))
        .extracting(JsonNode::asText)
        .contains(
            "The measured server got nothing of these variables of the environment:"
                + " JAVA_TOOL_OPTIONS, PUSHLAB_MAX_READERS, PUSHLAB_STORE,"
                + " PUSHLAB_TLS_SELF_SIGNED, PUSHLAB_UPDATE_TOKEN.");
  }

  @Test
  void runsThatBeginAtTheSameTimeHaveDifferentFolders() throws Exception {
    Path results = folder.resolve("results");
    List<Process> labs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      labs.add(
          prepare(
                  "compare --results %s --transports websocket --clients %d --updates-per-second 5"
                          .formatted(results, i + 1)
                      + " --seconds 1 --repeats 1 --warm-up 0s --no-suites")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("out" + i).toFile())
              .start());
    }
    for (Process lab : labs) {
      assertThat(lab.waitFor()).isZero();
    }

    List<String> cells;
    try (var all = Files.walk(results)) {
      cells =
          all.filter(file -> file.endsWith("cell.json"))
              .map(file -> requireNonNull(file.getParent()).getFileName().toString())
              .toList();
    }
    assertThat(cells).containsExactlyInAnyOrder("websocket-1-5", "websocket-2-5", "websocket-3-5");
    try (var runs = Files.list(results)) {
      assertThat(runs).hasSize(3);
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
      // On Linux, the lab finds the process that listens at the target.
      boolean known = OS.LINUX.isCurrentOs();
      assertThat(cell.path("serverCpuMicrosPerDelivery").isNumber()).isEqualTo(known);
      assertThat(cell.path("memoryKiBPerIdleConnection").isNumber()).isEqualTo(known);
    }
  }

  @Test
  void ctrlCStopsTheServerOfTheRunAndReportsWhatWasMeasured() throws Exception {
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
        .contains("--quick cannot be combined with --resume");
    for (JsonNode cell : json("report.json").path("cells")) {
      assertThat(cell.path("repeats").asInt()).isPositive();
      assertThat(cell.path("serverCpuMicrosPerDelivery").isNumber()).isTrue();
    }
  }

  @Test
  void aServerThatIsKilledDuringACellIsRemarkedAndTheRunContinues() throws Exception {
    Process lab =
        start(
            "compare --results %s %s --seconds 4 --repeats 1 --warm-up 0s"
                .formatted(folder.resolve("results"), SMALL));
    // The measurement follows the start of the recording.
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

  @Test
  void aStoppedRunContinuesWhereItWas() throws Exception {
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
    assertThat(lab("compare --resume " + run()).err()).contains("has finished");
  }

  private Path firstCell() throws IOException {
    try (var files = Files.walk(run())) {
      return files.filter(file -> file.endsWith("cell.json")).findFirst().orElseThrow();
    }
  }

  /// INT, or another signal if this process ignores INT. A process that is started in the
  /// background may inherit that.
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
}
