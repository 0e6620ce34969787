package pushlab.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static pushlab.server.testing.Problems.assertProblem;
import static pushlab.server.testing.TestServer.header;
import static pushlab.server.testing.TestServer.version;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import pushlab.server.state.Await;
import pushlab.server.testing.ServerProcess;

/// A store that is unavailable, at the start or for a while, with a server in a process of its own.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoreFailureTest {

  /// Root may write everywhere, unless it drops that capability.
  private static final List<String> BOUND_BY_PERMISSIONS =
      System.getProperty("user.name").equals("root")
          ? List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
          : List.of();

  @TempDir private Path folder = Path.of("");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void disconnect() {
    client.shutdownNow();
  }

  @Test
  void unknownStoreIsReportedAndExit2() throws Exception {
    try (ServerProcess server = ServerProcess.start("--store=redis:x")) {
      assertThat(server.exit()).isEqualTo(2);
      assertThat(server.errors())
          .containsExactly(
              "--store must be memory, jdbc:sqlite:PATH or jdbc:postgresql://HOST/DATABASE?user=USER",
              "./lab serve --help lists the options");
    }
  }

  @Test
  void storeOfAnotherProcessIsOneLineAndExit1() throws Exception {
    try (ServerProcess first = ServerProcess.start("--port=0", store())) {
      first.address();
      assertRefused(List.of(), "is in use by another process");
      first.stop();
      assertThat(first.errors()).isEmpty();
    }
  }

  @Test
  void damagedStoreIsOneLineAndExit1() throws Exception {
    Files.write(file(), new byte[20_000]);

    assertRefused(List.of(), "is damaged or another program's: file is not a database");
  }

  @Test
  void missingFolderIsOneLineAndExit1() throws Exception {
    Files.delete(folder);

    assertRefused(List.of(), "is in a folder that does not exist: " + folder);
    Files.createDirectory(folder);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void readOnlyStoreIsOneLineAndExit1() throws Exception {
    try (ServerProcess first = ServerProcess.start("--port=0", store())) {
      first.address();
      first.stop();
    }
    assertThat(file().toFile().setReadOnly()).isTrue();

    assertRefused(BOUND_BY_PERMISSIONS, "is read-only");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void readOnlyFolderIsOneLineAndExit1() throws Exception {
    assertThat(folder.toFile().setReadOnly()).isTrue();

    assertRefused(BOUND_BY_PERMISSIONS, "is in a folder that is not writable: " + folder);
    assertThat(folder.toFile().setWritable(true)).isTrue();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void fullDiskIs503WhileReadingGoesOnUntilThereIsRoom() throws Exception {
    try (ServerProcess server = ServerProcess.start("--port=0", store())) {
      URI address = server.address();
      long last = version(update(address, "x"));
      limitFiles(server, "1000:");
      HttpResponse<String> answer = update(address, "x");

      assertProblem(answer, 503, "the store cannot keep the update now");
      assertThat(header(answer, "Retry-After")).isEqualTo("1");
      assertThat(version(get(address, "/status"))).isEqualTo(last);
      CompletableFuture<HttpResponse<String>> held =
          client.sendAsync(
              HttpRequest.newBuilder(address.resolve("/poll-status?last_version=" + last)).build(),
              BodyHandlers.ofString());
      assertProblem(update(address, "new", "another"), 503, "the store cannot keep the update");
      assertThat(get(address, "/status?task=another").statusCode()).isEqualTo(404);
      assertThat(held).isNotDone();

      limitFiles(server, "unlimited:");

      Await.until("an update is taken", () -> update(address, "y").statusCode() == 200);
      assertThat(version(held.get())).isBetween(last + 1, last + 2);
      assertThat(held.get().body()).contains("\"status\":\"y\"");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void startsWithoutAFolderForTemporaryFilesOrAHome() throws Exception {
    List<String> launcher = List.of("env", "-u", "HOME", "JDK_JAVA_OPTIONS=-Djava.io.tmpdir=/proc");
    try (ServerProcess server = ServerProcess.startBy(launcher, "--port=0", store())) {
      assertThat(update(server.address(), "x").statusCode()).isEqualTo(200);
      server.stop();
      assertThat(server.errors()).singleElement().asString().startsWith("NOTE: Picked up");
      assertThat(folder.toFile().list()).containsExactly("a");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void leavesNothingInTheFolderForTemporaryFilesWhenItIsKilled() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    List<String> launcher = List.of("env", "JDK_JAVA_OPTIONS=-Djava.io.tmpdir=" + temporary);
    try (ServerProcess server = ServerProcess.startBy(launcher, "--port=0", store())) {
      assertThat(update(server.address(), "x").statusCode()).isEqualTo(200);
      server.kill();
    }
    assertThat(temporary).isEmptyDirectory();
  }

  private void assertRefused(List<String> launcher, String problem) throws Exception {
    try (ServerProcess server = ServerProcess.startBy(launcher, "--port=0", store())) {
      assertThat(server.exit()).isEqualTo(1);
      assertThat(server.errors())
          .containsExactly("the store jdbc:sqlite:" + folder.resolve("a") + " " + problem);
    }
  }

  /// Limits every file of `server` to `bytes`.
  private static void limitFiles(ServerProcess server, String bytes) throws Exception {
    Process limit =
        new ProcessBuilder("prlimit", "--pid=" + server.process.pid(), "--fsize=" + bytes).start();
    assertThat(limit.waitFor()).isZero();
  }

  private HttpResponse<String> get(URI address, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> update(URI address, String status) {
    return update(address, status, "default");
  }

  private HttpResponse<String> update(URI address, String status, String task) {
    HttpRequest request =
        HttpRequest.newBuilder(
                address.resolve("/update-status?task=%s&status=%s".formatted(task, status)))
            .POST(BodyPublishers.noBody())
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String store() {
    return "--store=jdbc:sqlite:" + folder.resolve("a");
  }

  private Path file() {
    return folder.resolve("a");
  }
}
