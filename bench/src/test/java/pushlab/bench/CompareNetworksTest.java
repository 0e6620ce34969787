package pushlab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.bench.network.Shapers;

/// `./lab compare` over networks, where this machine can shape packets.
@Timeout(180)
class CompareNetworksTest extends LabProcess {

  private static final String SMALL =
      "--clients 5 --updates-per-second 20 --transports websocket --seconds 1 --warm-up 200ms"
          + " --no-suites";

  @BeforeAll
  static void needsAShaper() {
    assumeTrue(Shapers.missing().isEmpty());
  }

  @Test
  void cellsOverANetworkSaySoAndTakeItsTime() throws Exception {
    Ended lab = compare(SMALL + " --repeats 1 --network loopback,rtt=60ms");

    assertThat(lab.err()).doesNotContain("\tat ");
    assertThat(lab.exit()).isZero();
    JsonNode far = json("cells/websocket-5-20-60ms/cell.json");
    assertThat(far.path("network").path("roundTripMillis").asDouble()).isEqualTo(60);
    JsonNode repeat = far.path("repeats").path(0);
    assertThat(repeat.path("latencyMicros").path("p50").asLong()).isBetween(30_000L, 200_000L);
    assertThat(repeat.path("connectMillis").asDouble()).isGreaterThan(120);
    assertThat(repeat.path("answerMicros").path("p50").asLong())
        .as("the publisher is beside the server")
        .isLessThan(60_000);
    JsonNode use = repeat.path("network");
    assertThat(use.path("roundTripMillis").asDouble()).isBetween(60.0, 90.0);
    assertThat(use.path("packetsOut").asLong())
        .as("no message waits for the acknowledgement of the one before")
        .isGreaterThanOrEqualTo(repeat.path("delivered").asLong());
    assertThat(use.path("bytesOut").asLong()).isGreaterThan(repeat.path("bytesOut").asLong());
    JsonNode near = json("cells/websocket-5-20/cell.json");
    assertThat(near.has("network")).isFalse();
    assertThat(near.path("repeats").path(0).has("network")).isFalse();
    JsonNode outage = json("outages/websocket-60ms.json");
    assertThat(outage.path("clients").asInt()).isEqualTo(5);
    assertThat(outage.path("connectMicros").path("p50").asLong()).isGreaterThanOrEqualTo(120_000);
    assertThat(outage.path("outageSeconds").asDouble()).isBetween(5.0, 8.0);
    assertThat(outage.path("recoverMicros").path("p50").asLong()).isPositive();
    assertThat(outage.path("missing").asLong()).isZero();
    assertThat(json("run.json").path("command").asText()).endsWith("--network loopback,rtt=60ms");
  }

  @Test
  void aStoppedRunLeavesNothingAndMakesItsNetworkAgain() throws Exception {
    Process lab =
        start(
            "compare --results %s %s --repeats 3 --network lan"
                .formatted(folder.resolve("results"), SMALL));
    await(lab, () -> measured() >= 1);
    List<ProcessHandle> started = lab.descendants().toList();
    lab.destroy();

    assertThat(lab.waitFor(30, TimeUnit.SECONDS)).isTrue();
    for (ProcessHandle process : started) {
      process.onExit().get(10, TimeUnit.SECONDS);
    }
    assertThat(json("run.json").path("finished").asBoolean(true)).isFalse();

    assertThat(lab("compare --no-suites --resume " + run()).exit()).isZero();
    assertThat(json("run.json").path("finished").asBoolean()).isTrue();
    assertThat(json("cells/websocket-5-20-lan/cell.json").path("repeats"))
        .hasSize(3)
        .allSatisfy(
            repeat -> assertThat(repeat.path("network").path("shaper").asText()).isNotEmpty());
  }
}
