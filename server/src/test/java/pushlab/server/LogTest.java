package pushlab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.server.ops.LogLine;

/// What the server writes of itself.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LogTest {

  private static final String LINE =
      "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z (INFO|WARNING|SEVERE) [\\w.$]+: .+";

  @Test
  void hasALineAnEntryWhateverWentWrong() throws Exception {
    try (var process = ServerProcess.start("--port=0")) {
      List<String> lines = linesAfterAFailureOf(process);

      assertThat(lines).isNotEmpty().allMatch(line -> line.matches(LINE));
      assertThat(lines).anyMatch(line -> line.contains("Exception: "));
    }
  }

  @Test
  void isJsonIfTold() throws Exception {
    try (var process = ServerProcess.start("--port=0", "--log-format=json")) {
      List<String> lines = linesAfterAFailureOf(process);

      assertThat(lines)
          .isNotEmpty()
          .allMatch(
              line ->
                  TestServer.json(line)
                      .keySet()
                      .containsAll(List.of("time", "level", "logger", "message")));
      assertThat(lines).anyMatch(line -> TestServer.json(line).containsKey("exception"));
    }
  }

  @Test
  void tellsCausesAndCannotBeBroken() {
    var entry = new LogRecord(Level.WARNING, "two\nlines\u001b[31m {0}");
    entry.setLoggerName("a.b");
    entry.setParameters(new Object[] {"and\rmore"});
    entry.setThrown(new IllegalStateException("outer", new RuntimeException("in\u2028ner")));

    assertThat(new LogLine().format(entry))
        .matches(LINE + "\n")
        .endsWith(
            " WARNING a.b: two\\u000alines\\u001b[31m and\\u000dmore;"
                + " java.lang.IllegalStateException: outer;"
                + " java.lang.RuntimeException: in\\u2028ner\n");
  }

  /// Helidon fails on a WebSocket frame of a kind that there is not.
  private static List<String> linesAfterAFailureOf(ServerProcess process) throws Exception {
    URI address = process.address();
    try (RawConnection socket = RawConnection.to(address)) {
      socket
          .send("GET /ws HTTP/1.1", "Host: x", "Connection: Upgrade", "Upgrade: websocket")
          .send("Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "")
          .readTo("}");
      socket.write((byte) 0x83, (byte) 0x80, (byte) 0, (byte) 0, (byte) 0, (byte) 0).readToEnd();
    }
    process.stop();
    return process.errors();
  }
}
