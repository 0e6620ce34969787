package pushlab.server.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import pushlab.server.PushlabServer;

class ServerOptionsTest {

  @Test
  void serveOnlyThisMachineByDefault() {
    ServerOptions options = ServerOptions.parse();

    assertThat(options.host).isEqualTo("127.0.0.1");
    assertThat(options.port).isEqualTo(8080);
    assertThat(options.hold).isEqualTo(Duration.ofSeconds(25));
    assertThat(options.heartbeat).isEqualTo(Duration.ofSeconds(15));
    assertThat(options.store.name).isEqualTo("memory");
    assertThat(options.limits.maxConnections).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"500ms, 500", "25s, 25000", "0.5s, 500", "1ms, 1"})
  void timeIsANumberAndItsUnit(String text, long millis) {
    assertThat(ServerOptions.parse("--hold=" + text).hold).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--port=-1",
        "--port=65536",
        "--port=abc",
        "--hold=0s",
        "--hold=-1s",
        "--hold=31s",
        "--hold=25",
        "--hold=",
        "--hold=soon",
        "--hold=9999999999999999999ms",
        "--hold-spread=-0.1",
        "--hold-spread=1.1",
        "--hold-spread=NaN",
        "--accepts-per-second=-1",
        "--accepts-per-second=1000001",
        "--accepts-per-second=1.5",
        "--heartbeat=0s",
        "--heartbeat=61s",
        "--heartbeat=10000000h",
        "--store=redis:x",
        "--store=Memory",
        "--store=jdbc:h2:mem:x",
        "--store=jdbc:sqlite:",
        "--store=jdbc:sqlite::memory:",
        "--store=jdbc:sqlite:file:a",
        "--store=jdbc:sqlite:a?synchronous=OFF",
        "--store=jdbc:h2:file:",
        "--store=jdbc:h2:file:a;WRITE_DELAY=500",
        "--store=",
        "--max-tasks=0",
        "--max-readers=0",
        "--max-connections=0",
        "--max-body=0",
        "--update-token=",
        "--update-token=two words",
        "--allow-host=http://lab.example",
        "--allow-host=lab.example:8080",
        "--allow-host=*",
        "--allow-host=",
        "--allow-origin=example.org",
        "--allow-origin=https://example.org/",
        "--allow-origin=*",
        "--tls-self-signed=maybe",
        "--access-log=",
        "--log-format=xml",
      })
  void refuseAWrongValueByTheNameOfItsOption(String argument) {
    assertThatThrownBy(() -> ServerOptions.parse(argument))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(argument.replaceFirst("=.*", ""));
  }

  @Test
  void malformedTokenIsNeverRepeated() {
    assertThatThrownBy(() -> ServerOptions.parse("--update-token=se cret"))
        .isInstanceOf(ParameterException.class)
        .hasMessageNotContaining("cret");
  }

  @Test
  void tokenMayBeGivenOnlyOnce() {
    assertThatThrownBy(() -> ServerOptions.parse("--update-token=a", "--update-token-file=b"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("--update-token-file");
  }

  @ParameterizedTest
  @CsvSource({
    "--tls-cert=c, --tls-key must be given where --tls-cert is",
    "--tls-key=k, --tls-cert must be given where --tls-key is",
    "--tls-self-signed --tls-cert=c --tls-key=k, --tls-self-signed must be left out"
  })
  void certificateAndKeyAreGivenTogetherOrNotAtAll(String arguments, String message) {
    assertThatThrownBy(() -> ServerOptions.parse(arguments.split(" ")))
        .isInstanceOf(ParameterException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void originsMayBeGivenOneByOneOrTogether() {
    assertThat(
            ServerOptions.parse("--allow-origin=http://a,https://b:8443", "--allow-origin=null")
                .updates
                .allowOrigins)
        .containsExactly("http://a", "https://b:8443", "null");
  }

  @Test
  void refuseUnknownOptions() {
    assertThatThrownBy(() -> ServerOptions.parse("--color=red"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("--color");
  }

  @Test
  void eachNamesItsEnvironmentVariable() {
    for (OptionSpec option : new CommandLine(new ServerOptions()).getCommandSpec().options()) {
      if (!option.usageHelp() && !option.versionHelp()) {
        assertThat(String.join(" ", option.description()))
            .endsWith("[" + ServerOptions.variable(option) + "]");
      }
    }
  }

  /// Any value of a variable is accepted, or the variable is named.
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-1", "99999999999999999999", "true", "a b", "é", "--port", "0"})
  void eachWrongEnvironmentVariableIsNamed(String odd) {
    for (OptionSpec option : new CommandLine(new ServerOptions()).getCommandSpec().options()) {
      if (option.usageHelp() || option.versionHelp()) {
        continue;
      }
      String variable = ServerOptions.variable(option);
      var options = new ServerOptions();
      var said = new StringWriter();
      CommandLine command = options.commandLine(Map.of(variable, odd));
      command.setErr(new PrintWriter(said, true));
      command.setParameterExceptionHandler(new WrongOption(Map.of(variable, odd)));
      command.setExecutionStrategy(
          _ -> {
            options.check(command);
            return 0;
          });
      int exit = command.execute();
      if (exit == 0) {
        assertThat(said.toString()).as(variable).isEmpty();
      } else {
        assertThat(exit).as(variable).isEqualTo(2);
        assertThat(said.toString().lines()).as(variable).hasSize(2);
        assertThat(said.toString()).contains(variable).doesNotContain(option.longestName() + " ");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "127.0.0.1:80", "http://localhost", "[::1]:80", "[::1", "a/b"})
  void refuseAMalformedHost(String host) {
    assertThatThrownBy(() -> ServerOptions.parse("--host=" + host))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("--host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "::1%none", "256.0.0.1", "203.0.113.1", "-", "é", ":::"})
  void hostThatCannotBeListenedOnIsReported(String host) {
    assertThatThrownBy(() -> PushlabServer.start(ServerOptions.parse("--port=0", "--host=" + host)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("cannot listen on ");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "[::1], [::1]",
    "[::], [::1]",
    "::ffff:127.0.0.1, [::ffff:127.0.0.1]",
    "0:0:0:0:0:0:0:1, [0:0:0:0:0:0:0:1]",
    "0.0.0.0, 127.0.0.1",
    "localhost, localhost",
    "::1, [::1]",
    "::, [::1]"
  })
  void addressIsOneThatABrowserReaches(String host, String reachable) {
    try (var server = PushlabServer.start(ServerOptions.parse("--port=0", "--host=" + host))) {
      assertThat(server.address().getHost()).isEqualTo(reachable);
      assertThat(server.address().getPort()).isPositive();
    }
  }

  @Test
  void unknownHostIsReported() {
    assertThatThrownBy(
            () -> PushlabServer.start(ServerOptions.parse("--port=0", "--host=no.such.invalid")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("cannot listen on no.such.invalid:0: ");
  }
}
