package pushlab.report.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RepeatTest {

  private static final ObjectMapper JSON = ResultsFolder.json();

  @Test
  void isOneFlatObjectInJson() {
    JsonNode written = JSON.valueToTree(new RepeatBuilder(1).connections(2L).build());

    assertThat(written.properties().stream().map(property -> property.getKey()))
        .containsExactly(
            "number",
            "seconds",
            "updatesDue",
            "updatesNotSent",
            "expected",
            "delivered",
            "skipped",
            "missing",
            "repeated",
            "backward",
            "latencyMicros",
            "correctedLatencyMicros",
            "untilLastMicros",
            "answerMicros",
            "stalenessMillis",
            "requests",
            "bytesOut",
            "bytesIn",
            "payloadBytes",
            "server",
            "instrumentCpuMicros",
            "instrumentLoopShare",
            "connectMillis",
            "errors",
            "disconnects",
            "noise",
            "nodes",
            "connections");
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    Repeat repeat = new RepeatBuilder(1).delivered(40, 50).errors(3).connections(2L).build();

    assertThat(JSON.readValue(JSON.writeValueAsBytes(repeat), Repeat.class)).isEqualTo(repeat);
  }

  @Test
  void failsToReadARepeatThatLacksACount() throws IOException {
    String written = JSON.writeValueAsString(new RepeatBuilder(1).build());

    assertThatThrownBy(
            () -> JSON.readValue(written.replace("\"skipped\"", "\"skippd\""), Repeat.class))
        .hasMessageContaining("skipped");
  }
}
