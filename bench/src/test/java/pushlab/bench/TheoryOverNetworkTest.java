package pushlab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.bench.network.Shapers;

/// Delivery times over 80 ms beside those of docs/transports.md, "How late, and how much". It needs
/// a machine that does nothing else.
@Tag("long")
@Timeout(300)
class TheoryOverNetworkTest extends LabProcess {

  private static final double ROUND_TRIP = 80_000;
  private static final double INTERVAL = 970_000;

  @Test
  void eachTransportIsAsLateAsTheorySays() throws Exception {
    assumeTrue(Shapers.missing().isEmpty());
    Process lab =
        start(
            "compare --results %s --network rtt=80ms --clients 20 --updates-per-second 2"
                    .formatted(folder.resolve("results"))
                + " --seconds 30 --repeats 1 --no-suites");
    if (!lab.waitFor(280, TimeUnit.SECONDS)) {
      lab.destroy();
      fail(Files.readString(folder.resolve("out")) + Files.readString(folder.resolve("err")));
    }

    // An update comes every 500 ms, so a long poll is always held again before the next one.
    assertThat(medianMicros("long-polling")).isCloseTo(ROUND_TRIP / 2, withinPercentage(10));
    assertThat(medianMicros("sse")).isCloseTo(ROUND_TRIP / 2, withinPercentage(10));
    assertThat(medianMicros("websocket")).isCloseTo(ROUND_TRIP / 2, withinPercentage(10));
    // It rests for the interval after each answer. An update that a later one overtook counts too.
    assertThat(medianMicros("short-polling"))
        .isCloseTo((INTERVAL + ROUND_TRIP) / 2 + ROUND_TRIP / 2, withinPercentage(10));
  }

  private double medianMicros(String transport) throws Exception {
    JsonNode cell = json("cells/%s-20-2-80ms/cell.json".formatted(transport));
    return cell.path("repeats").path(0).path("correctedLatencyMicros").path("p50").asDouble();
  }
}
