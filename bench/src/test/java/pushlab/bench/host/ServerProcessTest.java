package pushlab.bench.host;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import pushlab.report.result.Delivery;

@Timeout(60)
class ServerProcessTest {

  private static final Home CHECKOUT =
      new Home(requireNonNull(Path.of("").toAbsolutePath().getParent()));

  @TempDir Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void getsItsDeliveryExplicitly() throws Exception {
    for (Delivery delivery : Delivery.values()) {
      try (var server = ServerProcess.start(CHECKOUT, delivery, folder.resolve("server.log"))) {
        Path commandLine = Path.of("/proc", Long.toString(server.handle().pid()), "cmdline");
        assertThat(Files.readString(commandLine)).contains("--delivery=" + delivery);
      }
    }
  }

  @Test
  void aServerAnswersHasCpuTimeAndEndsWhenClosed() throws Exception {
    ServerProcess server =
        ServerProcess.start(CHECKOUT, Delivery.DEFAULT, folder.resolve("server.log"));
    try (server;
        HttpClient http = HttpClient.newHttpClient()) {
      var ready = HttpRequest.newBuilder(server.address().resolve("/health/ready")).build();
      assertThat(http.send(ready, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
      assertThat(new Accounting(server.handle()).cpuTime().orElseThrow().all()).isPositive();
      assertThat(server.isAlive()).isTrue();
    }
    assertThat(server.isAlive()).isFalse();
  }

  @Test
  void aServerThatDoesNotStartSaysWhy() throws Exception {
    Files.createDirectories(folder.resolve("server"));
    Files.createDirectories(folder.resolve("target/lib"));
    Files.writeString(folder.resolve("target/lib/pushlab-server.classpath"), "./nowhere.jar");
    Files.writeString(folder.resolve("server/jvm.options"), "# a comment\n-XX:NoSuchOption=1\n");
    assertThatIOException()
        .isThrownBy(
            () ->
                ServerProcess.start(
                    new Home(folder), Delivery.DEFAULT, folder.resolve("server.log")))
        .withMessageStartingWith("the server did not start: ")
        .withMessageContaining("NoSuchOption=1")
        .withMessageNotContaining("\n");
  }
}
