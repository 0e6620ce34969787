package pushlab.bench.road.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pushlab.report.result.road.Aspect;

/// What is said of a program that does not work.
@Timeout(60)
class RunningProxyTest {

  private static final InetSocketAddress ORIGIN =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  @TempDir Path folder;

  @Test
  void aProxyThatIsNotInstalledIsNamed() {
    assertThatThrownBy(() -> start(folder.resolve("nothing")))
        .isInstanceOf(IOException.class)
        .hasMessage("Fake is not installed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          echo fake 1.9.9                            | Fake 1.9.9 is too old; the lab needs 2.0 or later
          echo what                                  | Fake does not say its version: what
          exit 3                                     | Fake does not say its version: it says nothing
          echo fake 2.0; echo hello; echo bad port   | Fake does not start: bad port
          echo fake 2.0.1; echo error: x; echo bye   | Fake does not start: error: x
          echo fake 10.0; exit 3                     | Fake does not start: fake 10.0
          """)
  void aProgramThatDoesNotStartIsNamedInOneLine(String script, String message) throws Exception {
    Path program = program(script);
    assertThatThrownBy(() -> start(program)).isInstanceOf(IOException.class).hasMessage(message);
    assertThat(message.lines()).hasSize(1);
  }

  private Path program(String script) throws IOException {
    Path program = folder.resolve("fake");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    // If the tests are root, the proxy runs as another user.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program;
  }

  private static void start(Path program) throws IOException {
    RunningProxy.start(new Fake(program), Form.SMALLEST, ORIGIN).close();
  }

  private record Fake(Path program) implements ProxyKind {
    @Override
    public String id() {
      return "fake";
    }

    @Override
    public String name() {
      return "Fake";
    }

    @Override
    public List<String> programs() {
      return List.of(program.toString());
    }

    @Override
    public List<String> versionArguments() {
      return List.of("-v");
    }

    @Override
    public Pattern version() {
      return Pattern.compile("fake ([0-9.]+)");
    }

    @Override
    public String oldest() {
      return "2.0";
    }

    @Override
    public Setup setUp(Site site) {
      return Setup.of("fake.conf", "", site.program());
    }

    @Override
    public List<List<String>> reload(Site site, ProcessHandle process) {
      return ProxyKind.signal("HUP", process);
    }

    @Override
    public Map<Aspect, String> remedies() {
      return Map.of();
    }
  }
}
