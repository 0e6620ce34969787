package pushlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.bench.host.Home;
import pushlab.bench.host.OwnPostgres;
import pushlab.bench.host.ServerProcess;
import pushlab.server.PushlabServer;
import pushlab.server.options.ServerOptions;

/// `./lab compare` of servers that share one state in a PostgreSQL.
@Timeout(120)
class NodesTest extends LabProcess {

  private static final String OPTIONS =
      " --clients 5 --updates-per-second 10 --no-suites --warm-up 0s --repeats 1 --alone --target ";

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static OwnPostgres postgres;

  private static final List<ServerProcess> SERVERS = new ArrayList<>();

  @BeforeAll
  static void startTwoOverOneStore() throws IOException {
    postgres = OwnPostgres.start(new Home(CHECKOUT));
    SERVERS.add(startServer());
    SERVERS.add(startServer());
  }

  private static ServerProcess startServer() throws IOException {
    return ServerProcess.start(
        new Home(CHECKOUT),
        List.of("--port=0"),
        its -> its.putAll(postgres.environment()),
        output -> output.lines().forEach(_ -> {}));
  }

  @AfterAll
  static void stop() throws IOException {
    SERVERS.forEach(ServerProcess::close);
    postgres.close();
  }

  @Test
  void theClientsAreSpreadOverBothNodesAndTheReportHasFiguresOfEach() throws Exception {
    String both = address(SERVERS.getFirst()) + "," + address(SERVERS.getLast());
    Ended lab =
        compare(
            "--transports websocket,long-polling --seconds 1 --store-pid "
                + postgres.pid()
                + OPTIONS
                + both);
    assertThat(lab.err()).doesNotContain("\tat ");
    assertThat(lab.exit()).isZero();

    assertThat(json("run.json").path("target").asText()).isEqualTo(both);
    for (JsonNode cell : json("report.json").path("cells")) {
      for (String fault : List.of("missing", "repeated", "backward", "errors", "disconnects")) {
        assertThat(cell.path(fault).asInt(-1)).as(fault).isZero();
      }
      assertThat(cell.path("delivered").asInt() + cell.path("skipped").asInt()).isEqualTo(50);
      assertThat(cell.path("memoryKiBPerIdleConnection").isNumber()).isTrue();
    }
    JsonNode nodes = json("report.json").path("nodes");
    assertThat(nodes)
        .extracting(cell -> cell.path("transport").asText())
        .containsExactly("long-polling", "websocket");
    for (JsonNode cell : nodes) {
      assertThat(cell.path("each"))
          .extracting(node -> node.path("clients").asInt())
          .containsExactly(3, 2);
      assertThat(cell.path("each"))
          .extracting(node -> node.path("delivered").asInt())
          .satisfies(each -> assertThat(each.getFirst()).isBetween(1, 30))
          .satisfies(each -> assertThat(each.getLast()).isBetween(1, 20));
      assertThat(cell.path("each"))
          .extracting(node -> node.path("medianMicros").path("value").asDouble())
          .allSatisfy(median -> assertThat(median).isPositive());
      assertThat(cell.path("each").path(1).path("cpu").path("share").path("value").asDouble())
          .isBetween(0.01, 0.99);
      assertThat(cell.path("store").path("share").path("value").asDouble()).isBetween(0.0, 0.99);
    }
    assertThat(run().resolve("index.html")).content().contains("id=\"nodes\"");
  }

  @Test
  void aNodeThatIsKilledDuringACellIsRemarkedAndTheRunContinues() throws Exception {
    ServerProcess third = startServer();
    ProcessHandle last = third.handle();
    String addresses = address(SERVERS.getFirst()) + " --target " + address(third);
    Process lab =
        start(
            "compare --transports websocket,long-polling --seconds 2 --results "
                + folder.resolve("results")
                + OPTIONS
                + addresses);
    // The measurement follows the start of the last node's recording.
    String recording = last.pid() + " JFR.start";
    await(lab, () -> childOf(lab, recording).isPresent());
    childOf(lab, recording).ifPresent(jcmd -> jcmd.onExit().join());
    assertThat(last.destroyForcibly()).isTrue();

    assertThat(lab.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(lab.exitValue()).isZero();
    assertThat(json("run.json").path("finished").asBoolean()).isTrue();
    assertThat(json("run.json").path("remarks"))
        .extracting(JsonNode::asText)
        .anySatisfy(remark -> assertThat(remark).contains("repeat 1: ", "no server listens at"));
    assertThat(json("report.json").path("cells"))
        .singleElement()
        .extracting(cell -> cell.path("unfit").toString())
        .asString()
        .contains("2 connections ended by the server");
  }

  @Test
  void nodesWithoutASharedStateAreReportedBeforeTheFirstMeasurement() throws Exception {
    try (var other = PushlabServer.start(ServerOptions.parse("--port", "0"))) {
      String first = address(SERVERS.getFirst());
      String second = other.address().toString().replaceFirst("/$", "");
      assertFailsInOneLine(
          compare("--transports websocket --seconds 1" + OPTIONS + first + "," + second),
          first + " and " + second + " do not share one state");
    }
    assertThat(measured()).isZero();
  }

  private static String address(ServerProcess server) {
    return server.address().toString().replaceFirst("/$", "");
  }
}
