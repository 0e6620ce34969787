package pushlab.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.testing.RawConnection;

/// The server as a process.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MainTest {

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void printsItsAddressAndServesThere() throws Exception {
    Process process = start("--port=0");

    try (RawConnection client = RawConnection.to(address(process))) {
      client.send("GET /health/ready HTTP/1.1", "Host: x", "");
      assertThat(client.readTo("}")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void portInUseIsOneLineAndExit1() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process process = start("--port=" + taken.getLocalPort());

      assertThat(exit(process)).isEqualTo(1);
      assertThat(process.errorReader(UTF_8).lines())
          .containsExactly(
              "cannot listen on 127.0.0.1:%d: Address already in use"
                  .formatted(taken.getLocalPort()));
      assertThat(process.inputReader(UTF_8).lines()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--hold=31s, --hold must be more than 0s and up to 30s",
    "--port=a, Invalid value for option '--port': 'a' is not an int",
    "--nonsense, Unknown option: '--nonsense'"
  })
  void wrongOptionIsReportedWithWhereOptionsAreListed(String option, String said) throws Exception {
    Process process = start(option);

    assertThat(exit(process)).isEqualTo(2);
    assertThat(process.errorReader(UTF_8).lines())
        .containsExactly(said, "./lab serve --help lists the options");
  }

  @Test
  void helpIsAUsageAndExit0() throws Exception {
    Process process = start("--help");

    assertThat(exit(process)).isZero();
    assertThat(process.inputReader(UTF_8).lines().toList())
        .anyMatch(line -> line.startsWith("Usage: ./lab serve"));
  }

  @Test
  void environmentVariableIsUsedAndTheCommandLineWins() throws Exception {
    Process process =
        start(
            Map.of("PUSHLAB_PORT", "0", "PUSHLAB_MAX_TASKS", "1", "PUSHLAB_HOLD", "soon"),
            "--hold=1s");

    try (RawConnection client = RawConnection.to(address(process))) {
      client.send(
          "POST /update-status?status=x&task=second HTTP/1.1",
          "Host: localhost",
          "Content-Length: 0",
          "");
      assertThat(client.readTo("}")).startsWith("HTTP/1.1 429 ");
    }
  }

  @Test
  void tlsIsSwitchedOnByCommandLineOrEnvironment() throws Exception {
    for (Process process :
        List.of(
            start("--port=0", "--tls-self-signed"),
            start(Map.of("PUSHLAB_TLS_SELF_SIGNED", "true"), "--port=0", "--tls-self-signed"))) {
      assertThat(process.inputReader(UTF_8).readLine())
          .startsWith("Pushlab is at https://127.0.0.1:");
    }
  }

  @Test
  void keyThatCannotBeReadIsOneLineAndExit1(@TempDir Path folder) throws Exception {
    Path missing = folder.resolve("missing.pem");
    Process process = start("--port=0", "--tls-cert=" + missing, "--tls-key=" + missing);

    assertThat(exit(process)).isEqualTo(1);
    assertThat(process.errorReader(UTF_8).lines().toList())
        .singleElement()
        .asString()
        .startsWith("--tls-cert: cannot read its file: ")
        .contains(missing.toString());
  }

  @Test
  void wrongEnvironmentVariableIsNamed() throws Exception {
    Process process = start(Map.of("PUSHLAB_PORT", "abc"));

    assertThat(exit(process)).isEqualTo(2);
    assertThat(process.errorReader(UTF_8).lines())
        .containsExactly(
            "Invalid value for PUSHLAB_PORT: 'abc' is not an int",
            "./lab serve --help lists the options");
  }

  @Test
  void tokenIsReadFromItsFileAndNeverPrinted(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "s3cret\n");
    Process process = start("--port=0", "--update-token-file=" + file);

    try (RawConnection client = RawConnection.to(address(process))) {
      client.send("POST /update-status?status=x HTTP/1.1", "Host: localhost", "Content-Length: 0");
      client.send("Authorization: Bearer s3cret", "");
      assertThat(client.readTo("}")).startsWith("HTTP/1.1 200 ").doesNotContain("s3cret");
      client.send(
          "POST /update-status?status=x HTTP/1.1", "Host: localhost", "Content-Length: 0", "");
      assertThat(client.readTo("}")).startsWith("HTTP/1.1 401 ").doesNotContain("s3cret");
    }
    process.toHandle().destroy();
    assertThat(process.errorReader(UTF_8).lines()).isEmpty();
  }

  @Test
  void tokenInTheEnvironmentIsUsedAndNotInTheHelp() throws Exception {
    Process process = start(Map.of("PUSHLAB_UPDATE_TOKEN", "s3cret"), "--port=0");
    try (RawConnection client = RawConnection.to(address(process))) {
      client.send(
          "POST /update-status?status=x HTTP/1.1", "Host: localhost", "Content-Length: 0", "");
      assertThat(client.readTo("}")).startsWith("HTTP/1.1 401 ");
    }

    Process help = start(Map.of("PUSHLAB_UPDATE_TOKEN", "s3cret"), "--help");
    assertThat(help.inputReader(UTF_8).lines()).noneMatch(line -> line.contains("s3cret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "two words"})
  void tokenFileWithoutATokenIsOneLineAndExit1(String text, @TempDir Path folder) throws Exception {
    assertTokenFileRefused(Files.writeString(folder.resolve("token"), text));
  }

  @Test
  void tokenFileThatIsNotThereIsOneLineAndExit1(@TempDir Path folder) throws Exception {
    assertTokenFileRefused(folder.resolve("missing"));
  }

  private void assertTokenFileRefused(Path file) throws Exception {
    Process process = start("--port=0", "--update-token-file=" + file);

    assertThat(exit(process)).isEqualTo(1);
    assertThat(process.errorReader(UTF_8).lines().toList())
        .singleElement()
        .asString()
        .contains("update token", file.toString())
        .doesNotContain("two words");
  }

  @Test
  void sigtermAnswersAllThatWaitAndEndsTheProcessInOrder() throws Exception {
    Process process = start("--port=0");
    URI address = address(process);
    try (RawConnection poll = RawConnection.to(address);
        RawConnection stream = RawConnection.to(address);
        RawConnection socket = RawConnection.to(address);
        RawConnection idle = RawConnection.to(address)) {
      idle.send("GET /status HTTP/1.1", "Host: x", "").readTo("}");
      stream.send("GET /events HTTP/1.1", "Host: x", "").readTo("\n\n");
      socket
          .send("GET /ws HTTP/1.1", "Host: localhost", "Connection: Upgrade", "Upgrade: websocket")
          .send("Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "")
          .readTo("}");
      poll.send("GET /poll-status?last_version=0 HTTP/1.1", "Host: x", "");
      // The answer to a later request shows that the server has seen the earlier one.
      idle.send("GET /status HTTP/1.1", "Host: x", "").readTo("}");

      // `Process.destroy` would close the output, which is read below.
      process.toHandle().destroy();

      assertThat(poll.readTo("\r\n\r\n")).startsWith("HTTP/1.1 204 ");
      stream.readToEnd();
      String frame = socket.readFrame();
      while (frame.startsWith("ping ")) {
        frame = socket.readFrame();
      }
      assertThat(frame).isEqualTo("close 1012");
      assertThat(exit(process)).isZero();
      assertThat(process.errorReader(UTF_8).lines()).isEmpty();
    }
  }

  @Test
  void stopsInOrderWhenItsParentProcessHasEnded() throws Exception {
    String asChild = "-Dpushlab.parent=stdin";
    Process process = start(Map.of("JDK_JAVA_OPTIONS", asChild), "--port=0");
    URI address = address(process);
    try (RawConnection poll = RawConnection.to(address);
        RawConnection later = RawConnection.to(address)) {
      poll.send("GET /poll-status?last_version=0 HTTP/1.1", "Host: x", "");
      // The answer to a later request shows that the server has seen the earlier one.
      later.send("GET /status HTTP/1.1", "Host: x", "").readTo("}");

      process.getOutputStream().close();

      assertThat(poll.readTo("\r\n\r\n")).startsWith("HTTP/1.1 204 ");
      assertThat(exit(process)).isZero();
    }
  }

  private Process start(String... arguments) throws IOException {
    return start(Map.of(), arguments);
  }

  private Process start(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("PUSHLAB_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static URI address(Process process) throws IOException {
    String line = process.inputReader(UTF_8).readLine();
    assertThat(line).startsWith("Pushlab is at http://127.0.0.1:");
    return URI.create(line.replaceFirst("Pushlab is at ", "").replaceFirst(" .*", ""));
  }

  private static int exit(Process process) throws InterruptedException {
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("ended within 10 s").isTrue();
    return process.exitValue();
  }
}
