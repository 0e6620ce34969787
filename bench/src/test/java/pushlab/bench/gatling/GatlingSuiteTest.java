package pushlab.bench.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pushlab.bench.NobodyListens;
import pushlab.bench.net.PollHold;
import pushlab.report.result.GatlingStats;
import pushlab.report.result.GatlingStats.Request;
import pushlab.report.result.GatlingStats.Second;
import pushlab.report.result.ResultsFolder;
import pushlab.report.result.Transport;
import pushlab.server.PushlabServer;
import pushlab.server.options.ServerOptions;

class GatlingSuiteTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void everySubscriberConnectsAndDisconnectsWithTheLastVersion(Transport transport)
      throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"))) {
      assertThat(run(transport, server.address(), 20)).isZero();
    }
    GatlingStats stats = stats(transport);
    var counts = stats.requests().stream().collect(Collectors.toMap(Request::name, Request::count));
    assertThat(counts).containsEntry("connect", 20L).containsEntry("update", 6L);
    assertThat(stats.connected()).isEqualTo(20);
    assertThat(stats.seconds()).extracting(Second::connected).contains(20);
    assertThat(stats.seconds()).extracting(Second::at).startsWith(0, 1);
    assertThat(stats.seconds().stream().mapToLong(Second::answers).sum())
        .isEqualTo(counts.values().stream().mapToLong(Long::longValue).sum());
    assertThat(stats.failures()).isEmpty();
    assertThat(stats.finished()).isTrue();
    assertThat(folder).isDirectoryContaining(entry -> entry.endsWith(transport.id()));
    assertThat(folder.resolve(transport.id()).resolve("index.html")).isNotEmptyFile();
  }

  @Test
  void aSubscriberThatLosesTheNetworkContinuesFromItsLastVersion() throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"))) {
      assertThat(run(GatlingSuite.reconnect(load(server.address(), 20), kept()))).isZero();
    }
    GatlingStats stats = stats("kept");
    assertThat(stats.failures()).isEmpty();
    assertThat(stats.requests())
        .extracting(Request::name)
        .containsExactlyInAnyOrder("connect", "poll", "update", "come back");
  }

  @Test
  void theFirstRefusedConnectionEndsTheRampAndIsTheReason() throws Exception {
    try (var server =
        PushlabServer.start(ServerOptions.parse("--port", "0", "--max-connections", "60"))) {
      Capacity capacity = capacity(server.address(), Transport.WEBSOCKET, Duration.ofSeconds(5));
      // The probe has one of the 60 connections.
      assertThat(capacity.connections()).isBetween(50, 59);
      assertThat(capacity.end()).isEqualTo(Capacity.End.ERROR);
      assertThat(capacity.sentence().english())
          .startsWith(
              "WebSocket: %d connections held; then the first error"
                  .formatted(capacity.connections()))
          .contains("503");
    }
  }

  @Test
  void aRampBelowTheCapacityEndsWithAllConnections() throws Exception {
    try (var server = PushlabServer.start(ServerOptions.parse("--port", "0"))) {
      Capacity capacity = capacity(server.address(), Transport.LONG_POLLING, Duration.ofMinutes(1));
      assertThat(capacity.connections()).isEqualTo(100);
      assertThat(capacity.end()).isEqualTo(Capacity.End.MOST_HELD);
    }
    assertThat(kept().resolve("index.html")).isNotEmptyFile();
  }

  @Test
  void aMissingServerFailsTheSimulationAndTheResultsAreKept() throws Exception {
    try (var nobody = new NobodyListens()) {
      assertThat(run(Transport.LONG_POLLING, nobody.address(), 5)).isEqualTo(2);
    }
    GatlingStats stats = stats(Transport.LONG_POLLING);
    assertThat(stats.requests())
        .anySatisfy(
            request -> {
              assertThat(request.name()).isEqualTo("connect");
              assertThat(request.failed()).isEqualTo(5);
            });
    assertThat(stats.failures()).isNotEmpty();
  }

  private Capacity capacity(URI target, Transport transport, Duration limit) throws Exception {
    var load =
        new GatlingLoad(
            target,
            100,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            5,
            Duration.ofMillis(100),
            PollHold.USUAL);
    assertThat(run(GatlingSuite.capacity(transport, load, limit, kept()))).isZero();
    return ResultsFolder.json().readValue(kept().resolve("capacity.json").toFile(), Capacity.class);
  }

  private int run(Transport transport, URI target, int clients) throws Exception {
    return run(GatlingSuite.command(transport, load(target, clients), folder));
  }

  private static int run(List<String> command) throws Exception {
    return new ProcessBuilder(command)
        .inheritIO()
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static GatlingLoad load(URI target, int clients) {
    return new GatlingLoad(
        target,
        clients,
        Duration.ZERO,
        Duration.ofSeconds(1),
        5,
        Duration.ofMillis(100),
        PollHold.USUAL);
  }

  private Path kept() {
    return folder.resolve("kept");
  }

  private GatlingStats stats(Transport transport) throws IOException {
    return stats(transport.id());
  }

  private GatlingStats stats(String name) throws IOException {
    Path file = folder.resolve(name).resolve("stats.json");
    return ResultsFolder.json().readValue(file.toFile(), GatlingStats.class);
  }
}
