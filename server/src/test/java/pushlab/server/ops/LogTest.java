package pushlab.server.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.ServerProcess;
import pushlab.server.testing.TestServer;

/// The server's own log.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LogTest {

  private static final String LINE =
      "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z (INFO|WARNING|SEVERE) [\\w.$]+: .+";

  private static final String[] OPTIONS = {"--port=0", "--access-log=/dev/full"};

  @Test
  void hasOneLineForEachEntryEvenWithAnException() throws Exception {
    assertThat(linesOf())
        .singleElement()
        .asString()
        .matches(LINE)
        .endsWith("--access-log: cannot write; java.io.IOException: No space left on device");
  }

  @Test
  void isJsonIfConfigured() throws Exception {
    List<String> lines = linesOf("--log-format=json");

    assertThat(lines).hasSize(1);
    JsonObject line = TestServer.json(lines.getFirst());
    assertThat(line.keySet()).contains("time", "level", "logger", "message", "exception");
    assertThat(line.getString("message")).isEqualTo("--access-log: cannot write");
    assertThat(line.getString("exception")).contains("java.io.IOException: No space", "\n\tat ");
  }

  @Test
  void containsCausesAndCannotBeSplit() {
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

  /// The server cannot write its access log, because the disk is full.
  private static List<String> linesOf(String... options) throws Exception {
    assumeThat(Path.of("/dev/full")).exists();
    String[] all = Stream.concat(Stream.of(OPTIONS), Stream.of(options)).toArray(String[]::new);
    try (var process = ServerProcess.start(all)) {
      try (RawConnection client = RawConnection.to(process.address())) {
        client.send("GET /status HTTP/1.1", "Host: x", "").readTo("}");
      }
      // The JVM logs nothing while it stops.
      String first = process.process.errorReader(UTF_8).readLine();
      process.stop();
      return Stream.concat(Stream.of(first), process.errors().stream()).toList();
    }
  }
}
