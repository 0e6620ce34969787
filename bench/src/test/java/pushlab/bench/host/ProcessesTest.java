package pushlab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pushlab.bench.host.Accounting.CpuTime;
import pushlab.bench.host.Processes.Usage;

/// Servers with several processes, as Node's cluster module creates them.
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class ProcessesTest {

  private static final Duration BURNT = Duration.ofMillis(300);

  /// A worker answers after it has used 300 ms of CPU time. After a request for `/last` it ends.
  private static final String CLUSTER =
      """
      const cluster = require('node:cluster');
      const http = require('node:http');
      cluster.schedulingPolicy = process.argv[2] === 'hands-over' ? cluster.SCHED_RR : cluster.SCHED_NONE;
      if (cluster.isPrimary) {
        cluster.fork();
        cluster.on('listening', (_, address) => console.log(address.port));
        cluster.on('exit', (worker) => console.log('ended'));
        process.stdin.on('end', () => process.exit()).resume();
      } else {
        http.createServer((request, response) => {
          const before = process.cpuUsage();
          for (let used = 0; used < 300e3; ) {
            const { user, system } = process.cpuUsage(before);
            used = user + system;
          }
          response.end('burnt', () => request.url === '/last' && process.exit());
        }).listen(0, '127.0.0.1');
      }
      """;

  @TempDir private Path folder;

  /// If the first process accepts connections and passes them on, it alone holds the listening
  /// socket; otherwise all do.
  @ParameterizedTest
  @ValueSource(strings = {"hands-over", "shares"})
  void theCpuTimeOfWorkersIsThatOfTheServer(String way) throws Exception {
    Path script = Files.writeString(folder.resolve("cluster.js"), CLUSTER);
    Process cluster =
        new ProcessBuilder("node", script.toString(), way)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = cluster.inputReader(StandardCharsets.UTF_8)) {
      int port = Integer.parseInt(said.readLine());
      var server = new Processes(ListeningProcesses.on(port));
      assertThat(server.all()).hasSize(2).contains(cluster.toHandle());

      Usage before = server.usage().orElseThrow();
      ask(port, "/");
      Usage after = server.usage().orElseThrow();
      assertThat(after.since(before).all()).isGreaterThanOrEqualTo(BURNT);
      assertThat(after.since(before).all()).isLessThan(BURNT.multipliedBy(20));

      long bothResident =
          server.all().stream()
              .mapToLong(it -> new Accounting(it).residentKiB().orElseThrow())
              .sum();
      assertThat(server.residentKiB().orElseThrow()).isPositive().isLessThan(bothResident);

      ask(port, "/last");
      assertThat(said.readLine()).isEqualTo("ended");
      Usage end = server.usage().orElseThrow();
      assertThat(server.all()).hasSize(1);
      assertThat(end.since(after).all())
          .as("of a worker that ended")
          .isGreaterThan(BURNT.dividedBy(2));
      assertThat(end.since(before).all()).isGreaterThanOrEqualTo(after.since(before).all());
    } finally {
      cluster.descendants().forEach(ProcessHandle::destroyForcibly);
      cluster.destroyForcibly();
    }
  }

  private static void ask(int port, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
      assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("burnt");
    }
  }

  @Test
  void theLabIsNotAmongThemEvenIfOneHasStartedIt() throws Exception {
    Process child = new ProcessBuilder("sleep", "60").start();
    try {
      ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
      assertThat(Processes.of(parent).all())
          .contains(parent)
          .doesNotContain(ProcessHandle.current(), child.toHandle());
      assertThat(Processes.of(ProcessHandle.current()).all()).contains(child.toHandle());
      assertThat(Processes.of(child.toHandle()).all()).containsExactly(child.toHandle());
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void aProcessThatEndsDoesNotReduceTheCpuTime() {
    ProcessHandle parent = ProcessHandle.current();
    ProcessHandle child = ProcessHandle.current().parent().orElseThrow();
    var before = new Usage(Map.of(parent, used(50), child, used(1_000)), Map.of(parent, used(10)));

    assertThat(new Usage(Map.of(parent, used(70)), Map.of(parent, used(10))).since(before).all())
        .as("nobody waited for it")
        .isEqualTo(Duration.ofMillis(20));
    assertThat(new Usage(Map.of(parent, used(70)), Map.of(parent, used(1_110))).since(before).all())
        .as("its parent waited for it")
        .isEqualTo(Duration.ofMillis(120));
    assertThat(new Usage(Map.of(child, used(1_001)), Map.of()).since(before).all())
        .as("its parent ended")
        .isEqualTo(Duration.ofMillis(1));
  }

  private static CpuTime used(long millis) {
    Duration all = Duration.ofMillis(millis);
    return new CpuTime(all, all, Duration.ZERO, Duration.ZERO);
  }
}
