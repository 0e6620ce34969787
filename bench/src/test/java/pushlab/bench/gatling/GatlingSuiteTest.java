package pushlab.bench.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.report.result.GatlingStats;
import pushlab.report.result.GatlingStats.Request;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Transport;
import pushlab.server.PushlabServer;
import pushlab.server.ServerOptions;

class GatlingSuiteTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void everySubscriberConnectsAndLeavesWithTheLastVersion(Transport transport) throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"))) {
      assertThat(run(transport, server.address(), 20)).isZero();
    }
    GatlingStats stats = stats(transport);
    var counts = stats.requests().stream().collect(Collectors.toMap(Request::name, Request::count));
    assertThat(counts).containsEntry("connect", 20L).containsEntry("update", 6L);
    assertThat(stats.connected()).isEqualTo(20);
    assertThat(stats.failures()).isEmpty();
    assertThat(stats.finished()).isTrue();
    assertThat(folder).isDirectoryContaining(entry -> entry.endsWith(transport.id()));
    assertThat(folder.resolve(transport.id()).resolve("index.html")).isNotEmptyFile();
  }

  @Test
  void aServerThatIsNotThereFailsTheRunAndTheOutcomeIsKept() throws Exception {
    assertThat(run(Transport.LONG_POLLING, nobody(), 5)).isEqualTo(2);
    GatlingStats stats = stats(Transport.LONG_POLLING);
    assertThat(stats.requests())
        .anySatisfy(
            request -> {
              assertThat(request.name()).isEqualTo("connect");
              assertThat(request.failed()).isEqualTo(5);
            });
    assertThat(stats.failures()).isNotEmpty();
  }

  private int run(Transport transport, URI target, int clients) throws Exception {
    var load =
        new Load(target, clients, Duration.ZERO, Duration.ofSeconds(1), 5, Duration.ofMillis(100));
    return new ProcessBuilder(GatlingSuite.command(transport, load, folder))
        .inheritIO()
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private GatlingStats stats(Transport transport) throws IOException {
    Path file = folder.resolve(transport.id()).resolve("stats.json");
    return ResultsFolder.json().readValue(file.toFile(), GatlingStats.class);
  }

  private static URI nobody() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }
}
