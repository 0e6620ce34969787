package pushlab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pushlab.bench.road.proxy.Proxies;

/// The processes that the lab has started end with it, even if the lab is killed.
@Timeout(120)
class OrphansTest extends LabProcess {

  private static final long PATIENCE = 60;

  @Test
  void theMeasuredServerEndsWithTheLab() throws Exception {
    Process lab =
        start("compare --seconds 30 --results %s ".formatted(folder.resolve("results")) + SMALL);
    await(lab, () -> javas(lab) == 1);
    assertNothingOutlives(lab);
  }

  @Test
  void nodesAndTheirPostgresEndWithTheLabAndTheirFolderIsDeleted() throws Exception {
    Process lab = start("serve --nodes 2 --port 0", "-Djava.io.tmpdir=" + folder);
    await(lab, () -> Files.readString(folder.resolve("out")).contains("Ctrl-C stops all"));
    Path data = folderOfPostgres();
    String first = Files.readAllLines(data.resolve("data/postmaster.pid")).getFirst();
    ProcessHandle postgres = ProcessHandle.of(Long.parseLong(first)).orElseThrow();

    assertNothingOutlives(lab);

    postgres.onExit().get(PATIENCE, TimeUnit.SECONDS);
    assertThat(data).doesNotExist();
  }

  @Test
  void aBenchmarkAndItsForkEndWithTheLab() throws Exception {
    Process lab = start("jmh --results %s WakeUp".formatted(folder.resolve("results")));
    await(lab, () -> javas(lab) == 2);
    assertNothingOutlives(lab);
  }

  @Test
  void aProxyEndsWithTheLab() throws Exception {
    assumeTrue(
        Proxies.installed().stream().anyMatch(kind -> kind.id().equals("nginx")),
        "nginx is installed");
    Process lab = start("proxies --quick --only nginx --results " + folder.resolve("results"));
    await(lab, () -> nginxes(lab) >= 2);
    assertNothingOutlives(lab);
  }

  private static long nginxes(Process lab) {
    return lab.descendants()
        .filter(child -> child.info().command().orElse("").endsWith("/nginx"))
        .count();
  }

  private static long javas(Process lab) {
    return lab.descendants()
        .filter(child -> child.info().command().orElse("").endsWith("/java"))
        .count();
  }

  private static void assertNothingOutlives(Process lab) throws Exception {
    List<ProcessHandle> children = lab.descendants().toList();
    assertThat(children).isNotEmpty();
    lab.destroyForcibly();
    CompletableFuture.allOf(
            children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .get(PATIENCE, TimeUnit.SECONDS);
  }

  private Path folderOfPostgres() throws Exception {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("pushlab-postgres-"))
          .findFirst()
          .orElseThrow();
    }
  }
}
