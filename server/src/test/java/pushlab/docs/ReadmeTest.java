package pushlab.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.server.testing.TestServer;

/// The lines for `curl` in the README, as they stand there.
@Timeout(60)
class ReadmeTest {

  private static final Path README = Path.of("..", "README.md");

  @Test
  void theFirstLineIsHeldUntilTheSecondOneChangesTheStatus() throws Exception {
    assumeTrue(run("curl --version").waitFor() == 0, "curl is not installed");
    List<String> lines =
        Files.readAllLines(README).stream().filter(line -> line.startsWith("    curl ")).toList();
    assertThat(lines).hasSize(2);

    try (TestServer server = TestServer.start()) {
      Process held = run(atPortOf(server, lines.getFirst()));
      server.awaitSubscribers(1);
      Process update = run(atPortOf(server, lines.getLast()));

      for (Process curl : List.of(held, update)) {
        var snapshot = TestServer.json(new String(curl.getInputStream().readAllBytes(), UTF_8));
        assertThat(snapshot.getString("status")).isEqualTo("Done");
        assertThat(snapshot.getInt("version")).isEqualTo(1);
        assertThat(curl.waitFor(10, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private static String atPortOf(TestServer server, String line) {
    assertThat(line).contains("127.0.0.1:8080");
    return line.replace("127.0.0.1:8080", server.server.address().getAuthority());
  }

  private static Process run(String line) throws IOException {
    return new ProcessBuilder("sh", "-c", line)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
