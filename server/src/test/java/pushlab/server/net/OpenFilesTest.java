package pushlab.server.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.server.testing.RawConnection;
import pushlab.server.testing.ServerProcess;

/// Servers that may open few files, each in a process of its own.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpenFilesTest {

  @ParameterizedTest
  @ValueSource(ints = {256, 512})
  void acceptsNoMoreConnectionsThanItMayOpenFiles(int files) throws Exception {
    List<RawConnection> open = new ArrayList<>();
    try (var server = start(files, "--max-connections=20000")) {
      URI address = server.address();
      BufferedReader errors = server.process.errorReader(UTF_8);
      String said = errors.readLine();
      assertThat(said).contains("connections at once", "open %d files".formatted(files));
      int room = Integer.parseInt(said.replaceFirst(".*at most ([0-9]+) connections.*", "$1"));
      assertThat(room).isBetween(1, files);
      for (int i = 0; i < room; i++) {
        open.add(RawConnection.to(address).send("GET /status HTTP/1.1", "Host: localhost", ""));
        assertThat(open.getLast().readTo("\"}")).startsWith("HTTP/1.1 200 ");
      }
      for (int i = 0; i < files; i++) {
        open.add(RawConnection.to(address).send("GET /status HTTP/1.1", "Host: localhost", ""));
      }
      assertThat(open.get(room).readToEnd()).startsWith("HTTP/1.1 503 ");

      for (RawConnection connection : open) {
        connection.reset();
      }

      assertAnswers(address);
      server.stop();
      assertThat(errors.lines()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--delivery=loop", "--delivery=threads", "--tls-self-signed"})
  void acceptsAgainOnceItCanOpenFilesAgain(String option) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "prlimit is there");
    try (var server = start(4096, option)) {
      URI address = server.address();
      BufferedReader errors = server.process.errorReader(UTF_8);
      try (RawConnection held = RawConnection.to(address)) {
        // Loads the classes that it needs later: in this test they are not in an open jar.
        update(address);
        poll(held, "last_version=0").readTo("\"}");
        poll(held, "last_version=1&wait=0.1").readTo("\r\n\r\n");
        poll(held, "last_version=1&wait=30");

        limit(server, 10);
        try (RawConnection first = clearText(address);
            RawConnection second = clearText(address)) {
          assertThat(errors.readLine()).contains("cannot accept a connection");
          limit(server, 4096);
          first.reset();
          second.reset();
        }

        update(address);
        assertThat(held.readTo("\"}")).startsWith("HTTP/1.1 200 ").contains("\"version\":2,");
      }
      server.stop();
    }
  }

  @Test
  void answersConnectionsThatWaitedToBeAccepted() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "prlimit is there");
    try (var server = start(4096)) {
      URI address = server.address();
      assertAnswers(address);
      limit(server, 10);
      try (RawConnection waiting = RawConnection.to(address)) {
        waiting.send("GET /status HTTP/1.1", "Host: localhost", "");
        assertThat(server.process.errorReader(UTF_8).readLine())
            .contains("cannot accept a connection");

        limit(server, 4096);

        assertThat(waiting.readTo("\"}")).startsWith("HTTP/1.1 200 ");
      }
      server.stop();
    }
  }

  private static ServerProcess start(int files, String... options) throws Exception {
    String[] all = Stream.concat(Stream.of("--port=0"), Stream.of(options)).toArray(String[]::new);
    return ServerProcess.startBy(
        List.of("sh", "-c", "ulimit -n %d; exec \"$@\"".formatted(files), "sh"), all);
  }

  private static void limit(ServerProcess server, int files) throws Exception {
    var command =
        List.of(
            "prlimit", "--pid=" + server.process.pid(), "--nofile=%d:%d".formatted(files, 4096));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private static RawConnection poll(RawConnection connection, String query) throws Exception {
    return connection.send("GET /poll-status?" + query + " HTTP/1.1", "Host: localhost", "");
  }

  private static RawConnection clearText(URI address) throws Exception {
    return RawConnection.to(URI.create(address.toString().replace("https", "http")));
  }

  private static void assertAnswers(URI address) throws Exception {
    try (RawConnection connection = RawConnection.to(address)) {
      connection.send("GET /status HTTP/1.1", "Host: localhost", "");
      assertThat(connection.readTo("\"}")).startsWith("HTTP/1.1 200 ");
    }
  }

  private static void update(URI address) throws Exception {
    try (RawConnection connection = RawConnection.to(address)) {
      connection.send(
          "POST /update-status?status=x HTTP/1.1", "Host: localhost", "Content-Length: 0", "");
      assertThat(connection.readTo("\"}")).startsWith("HTTP/1.1 200 ");
    }
  }
}
